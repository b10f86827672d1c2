import { z } from 'zod';
import { jobSchema, progressSchema } from './job.ts';
import { operation } from './operation.ts';
import { idSchema } from './values.ts';

/** Data of each event by its name, as JSON. */
export const eventSchemas = {
  job: jobSchema.describe('A job that is new, or changed its state.'),
  progress: z.object({ jobId: idSchema, progress: progressSchema }),
  deleted: z.object({ jobId: idSchema }),
} as const;

export type EventName = keyof typeof eventSchemas;

const stream = {
  description:
    'Server-Sent Events: `job`, `progress` and `deleted`, each with JSON as its data. First the present state, or, with a `Last-Event-ID` that is still remembered, all that came after it.',
  mimeType: 'text/event-stream',
};
const headers = z.object({ 'last-event-id': z.string().max(100).optional() });

export const watchJobs = operation({
  method: 'get',
  path: '/events',
  summary: 'Watch all jobs',
  access: 'token',
  headers,
  answers: { 200: stream },
  errors: [],
});

export const watchJob = operation({
  method: 'get',
  path: '/jobs/{jobId}/events',
  summary: 'Watch one job',
  access: 'token',
  params: z.object({ jobId: idSchema }),
  headers,
  answers: { 200: stream },
  errors: ['JOB_MISSING'],
});
