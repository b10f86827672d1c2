import { errorReportSchema } from '@clearreel/shared/api/errors';
import { progressSchema } from '@clearreel/shared/api/job';
import { noticeSchema } from '@clearreel/shared/api/values';
import { jobSpecSchema } from '@clearreel/shared/spec/job-spec';
import { z } from 'zod';
import { outcomeSchema } from '../jobs/stored-job.ts';

const count = z.number().int().nonnegative();

const picture = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Names one attempt, so that what comes late is not taken for the next one's. */
const attempt = z.string();

export const toWorkerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    attempt,
    sourcePath: z.string(),
    sourceName: z.string(),
    spec: jobSpecSchema,
    workFolder: z.string(),
    resultFolder: z.string(),
  }),
  /** The answer to `segment`; `false` ends the run. */
  z.object({ kind: z.literal('recorded'), attempt, isKept: z.boolean() }),
  /** End the run now. */
  z.object({ kind: z.literal('cancel'), attempt }),
  /** End the run when the segment that is being made is whole. */
  z.object({ kind: z.literal('stop'), attempt }),
  /** Somebody looks at the newest frame, now and for a while. */
  z.object({ kind: z.literal('watch'), attempt }),
]);

export const fromWorkerSchema = z.discriminatedUnion('kind', [
  /** Sent again and again, from the first moment on. */
  z.object({ kind: z.literal('alive'), memoryBytes: count }),
  z.object({
    kind: z.literal('progress'),
    attempt,
    progress: progressSchema.omit({ percent: true }),
  }),
  z.object({ kind: z.literal('segment'), attempt, index: count, frameCount: count }),
  z.object({
    kind: z.literal('newest'),
    attempt,
    timestampSeconds: z.number(),
    before: picture,
    after: picture,
  }),
  z.object({
    kind: z.literal('finished'),
    attempt,
    outcome: outcomeSchema,
    notices: z.array(noticeSchema),
  }),
  z.object({ kind: z.literal('failed'), attempt, report: errorReportSchema }),
  /** Ended because it was told to. */
  z.object({ kind: z.literal('stopped'), attempt }),
]);

export type ToWorker = z.infer<typeof toWorkerSchema>;
export type FromWorker = z.infer<typeof fromWorkerSchema>;
