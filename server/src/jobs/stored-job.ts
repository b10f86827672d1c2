import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { type ErrorCode, errorTexts } from '@clearreel/shared/errors/codes';
import type { Choice, Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { StageSeconds } from '@clearreel/shared/pipeline/progress';
import { jobSpecSchema } from '@clearreel/shared/spec/job-spec';
import { z } from 'zod';

export const jobStates = ['queued', 'processing', 'completed', 'failed', 'cancelled'] as const;

export type JobState = (typeof jobStates)[number];

export const highestPriority = 1;
export const lowestPriority = 10;

const count = z.number().int().nonnegative();
const momentMs = z.number().int();

/** What our own code wrote under a type: the record around it is checked, this is only passed on. */
const data = <T extends object>() =>
  z.custom<T>((value) => typeof value === 'object' && value !== null);

const reportSchema = z.object({
  code: z.enum(Object.keys(errorTexts) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  todo: z.string(),
  detail: data<ErrorReport['detail']>(),
});

export const failureSchema = z.object({
  report: reportSchema,
  /** Whether the same again may go well: a crash or a full disk, not a file that cannot be read. */
  retryable: z.boolean(),
});

export const segmentSchema = z.object({
  index: count,
  frameCount: count,
  /** Of the attempt that made it: its files are in `<jobId>/<epoch>`. */
  epoch: count,
});

export const outcomeSchema = z.object({
  /** Names of our own making inside the attempt's folder, beside what the user sees. */
  storedName: z.string(),
  fileName: z.string(),
  mimeType: z.string(),
  bytes: count,
  sideFiles: z.array(z.object({ storedName: z.string(), fileName: z.string() })),
  frameCount: count,
  facts: data<SourceFacts>(),
  provider: data<Choice>(),
  encoder: data<Choice>(),
  inferenceSeconds: z.number(),
  stageSeconds: data<StageSeconds>(),
});

const leaseSchema = z.object({
  id: z.uuid(),
  workerId: z.string(),
  expiresAtMs: momentMs,
});

export const storedJobSchema = z.object({
  id: z.uuid(),
  state: z.enum(jobStates),
  priority: z.number().int().min(highestPriority).max(lowestPriority),
  createdAtMs: momentMs,
  updatedAtMs: momentMs,
  startedAtMs: momentMs.nullable(),
  endedAtMs: momentMs.nullable(),
  uploadId: z.uuid(),
  /** As the user named it: shown, never used as a path. */
  sourceName: z.string(),
  sourceBytes: count,
  spec: jobSpecSchema,
  /** Grows with every claim and never falls; with the job's id it names one attempt. */
  epoch: count,
  /** How often a worker has begun with it; one that gave it back in good order does not count. */
  attempts: count,
  /** Of those, since the last whole segment: what the limit of attempts looks at. */
  fruitlessAttempts: count,
  /** After a failed attempt, not before this moment again. */
  notBeforeMs: momentMs,
  lease: leaseSchema.nullable(),
  cancelRequested: z.boolean(),
  segments: z.array(segmentSchema),
  failure: failureSchema.nullable(),
  /** `epoch` says in which attempt's folder it is. */
  result: outcomeSchema.extend({ epoch: count }).nullable(),
  notices: z.array(data<Notice>()),
  idempotencyKey: z.string().nullable(),
});

export const storedUploadSchema = z.object({
  id: z.uuid(),
  state: z.enum(['receiving', 'complete']),
  sourceName: z.string(),
  bytes: count,
  createdAtMs: momentMs,
  completedAtMs: momentMs.nullable(),
  /** From then on it goes, unless a job uses it. */
  expiresAtMs: momentMs,
  facts: data<SourceFacts>().nullable(),
});

export type Failure = z.infer<typeof failureSchema>;
export type JobOutcome = z.infer<typeof outcomeSchema>;
export type StoredSegment = z.infer<typeof segmentSchema>;
export type StoredJob = Readonly<z.infer<typeof storedJobSchema>>;
export type StoredUpload = Readonly<z.infer<typeof storedUploadSchema>>;
