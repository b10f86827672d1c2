import { z } from 'zod';
import type { ErrorCode } from '../errors/codes.ts';
import { jobSpecSchema } from '../spec/job-spec.ts';
import { jobSchema, jobStateSchema, prioritySchema } from './job.ts';
import { operation } from './operation.ts';
import { idSchema } from './values.ts';

const jobParams = z.object({ jobId: idSchema });
const job = { description: 'The job.', schema: jobSchema };

export const newJobSchema = z.strictObject({
  uploadId: idSchema,
  spec: jobSpecSchema,
  priority: prioritySchema.default(5),
});

/** What a job would be refused for when it runs, where the facts of its source are enough to know. */
export const specErrors = [
  'CONTAINER_CODEC',
  'DEINTERLACE_MISSING',
  'SOURCE_HDR',
  'CODEC_HDR',
  'MODEL_MISSING',
  'SOURCE_TOO_LARGE',
] as const satisfies readonly ErrorCode[];

const jobSorts = ['createdAt', 'updatedAt', 'priority', 'name'] as const;

const states = z
  .string()
  .max(100)
  .transform((list) => list.split(','))
  .pipe(z.array(jobStateSchema).min(1))
  .describe('States to show, with commas between them; all where it is left out.');

const listJobsQuery = z.object({
  states: states.optional(),
  text: z.string().max(200).optional().describe('Part of the source’s name.'),
  sort: z.enum(jobSorts).default('createdAt'),
  order: z.enum(['ascending', 'descending']).default('descending'),
  cursor: z.string().max(500).optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number<number>().int().min(1).max(200).default(50),
});

export const jobPageSchema = z.object({
  jobs: z.array(jobSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int().describe('Jobs that match, on all pages together.'),
});

const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/)
  .describe(
    'Chosen by the client. The same key again, with the same body, gives the job that it made before.',
  );

export const createJob = operation({
  method: 'post',
  path: '/jobs',
  summary: 'Make a job of an upload',
  access: 'token',
  headers: z.object({ 'idempotency-key': idempotencyKeySchema.optional() }),
  body: newJobSchema,
  answers: {
    201: { description: 'The new job.', schema: jobSchema },
    200: { description: 'The job that the same key made before.', schema: jobSchema },
  },
  errors: ['UPLOAD_MISSING', 'UPLOAD_UNFINISHED', 'IDEMPOTENCY_KEY_REUSED', ...specErrors],
});

export const listJobs = operation({
  method: 'get',
  path: '/jobs',
  summary: 'List jobs, page by page',
  access: 'token',
  query: listJobsQuery,
  answers: { 200: { description: 'One page.', schema: jobPageSchema } },
  errors: [],
});

export const showJob = operation({
  method: 'get',
  path: '/jobs/{jobId}',
  summary: 'Show a job, with its progress and links',
  access: 'token',
  params: jobParams,
  answers: { 200: job },
  errors: ['JOB_MISSING'],
});

export const cancelJob = operation({
  method: 'post',
  path: '/jobs/{jobId}/cancel',
  summary: 'Cancel a job; one that runs ends soon after',
  access: 'token',
  params: jobParams,
  answers: { 200: job },
  errors: ['JOB_MISSING', 'JOB_CHANGED'],
});

export const retryJob = operation({
  method: 'post',
  path: '/jobs/{jobId}/retry',
  summary: 'Let a failed or cancelled job go on from its last whole segment',
  access: 'token',
  params: jobParams,
  answers: { 200: job },
  errors: ['JOB_MISSING', 'JOB_CHANGED'],
});

export const deleteJob = operation({
  method: 'delete',
  path: '/jobs/{jobId}',
  summary: 'Delete a job with all its files; one that runs is cancelled',
  access: 'token',
  params: jobParams,
  answers: { 204: { description: 'It is gone.' } },
  errors: ['JOB_MISSING'],
});
