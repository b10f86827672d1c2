import { errorReportSchema } from '@clearreel/shared/api/errors';
import { jobStateSchema, prioritySchema } from '@clearreel/shared/api/job';
import { choiceSchema, momentMs, noticeSchema } from '@clearreel/shared/api/values';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { StageSeconds } from '@clearreel/shared/pipeline/progress';
import { jobSpecSchema } from '@clearreel/shared/spec/job-spec';
import { z } from 'zod';

const count = z.number().int().nonnegative();

/** What our own code wrote under a type: the record around it is checked, this is only passed on. */
const data = <T extends object>() =>
  z.custom<T>((value) => typeof value === 'object' && value !== null);

export const failureSchema = z.object({
  report: errorReportSchema,
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
  provider: choiceSchema,
  encoder: choiceSchema,
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
  state: jobStateSchema,
  priority: prioritySchema,
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
  notices: z.array(noticeSchema),
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
