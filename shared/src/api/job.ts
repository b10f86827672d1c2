import { z } from 'zod';
import { jobSpecSchema } from '../spec/job-spec.ts';
import { errorReportSchema } from './errors.ts';
import { factsSchema } from './facts.ts';
import {
  bytesSchema,
  choiceSchema,
  idSchema,
  linkSchema,
  momentMs,
  noticeSchema,
} from './values.ts';

export const jobStates = ['queued', 'processing', 'completed', 'failed', 'cancelled'] as const;

export const jobStateSchema = z.enum(jobStates);

export type JobState = z.infer<typeof jobStateSchema>;

export const prioritySchema = z
  .number()
  .int()
  .min(1)
  .max(10)
  .describe('1–3 high, 4–7 normal, 8–10 low; among equals the older job comes first.');

const stageSecondsSchema = z.object({
  open: z.number(),
  prepare: z.number(),
  decode: z.number(),
  enhance: z.number(),
  encode: z.number(),
  store: z.number(),
  join: z.number(),
});

/** How far a running job is. */
export const progressSchema = z.object({
  stage: z.enum(['prepare', 'enhance', 'join']),
  percent: z.number().min(0).max(100),
  provider: z.string().nullable().describe('Who runs the model; null until that is chosen.'),
  framesDone: z.number().int(),
  framesTotal: z.number().int(),
  segmentsDone: z.number().int(),
  segmentsTotal: z.number().int(),
  framesPerSecond: z.number(),
  secondsLeft: z.number().nullable().describe('Null until enough frames have been timed.'),
  elapsedSeconds: z.number(),
  stageSeconds: stageSecondsSchema,
});

export type JobProgress = z.infer<typeof progressSchema>;

const fileSchema = z.object({
  fileName: z.string(),
  link: linkSchema,
});

const resultSchema = fileSchema.extend({
  mimeType: z.string(),
  bytes: bytesSchema,
  frameCount: z.number().int(),
  sideFiles: z
    .array(fileSchema)
    .describe('Subtitles and chapters that the container has no place for.'),
  provider: choiceSchema,
  encoder: choiceSchema,
});

export const jobSchema = z.object({
  id: idSchema,
  state: jobStateSchema,
  priority: prioritySchema,
  createdAtMs: momentMs,
  updatedAtMs: momentMs,
  startedAtMs: momentMs.nullable(),
  endedAtMs: momentMs.nullable(),
  uploadId: idSchema,
  sourceName: z.string(),
  sourceBytes: bytesSchema,
  spec: jobSpecSchema,
  attempts: z.number().int().describe('How often a worker has begun with it.'),
  cancelRequested: z.boolean().describe('It runs still and ends soon.'),
  jobsAhead: z.number().int().nullable().describe('While it waits: how many come before it.'),
  progress: progressSchema.nullable(),
  failure: z.object({ report: errorReportSchema, retryable: z.boolean() }).nullable(),
  notices: z
    .array(noticeSchema)
    .describe('What the user should know though it did not stop the job.'),
  facts: factsSchema.nullable().describe('Of the source, once the job is done.'),
  result: resultSchema.nullable(),
  links: z.object({
    source: linkSchema,
    thumbnail: linkSchema,
    frames: z
      .object({ before: linkSchema, after: linkSchema })
      .nullable()
      .describe('One frame of the source and of the result; `&atSeconds=` chooses which.'),
  }),
});

export type Job = z.infer<typeof jobSchema>;
