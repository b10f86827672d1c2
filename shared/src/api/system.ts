import { z } from 'zod';
import { operation } from './operation.ts';
import { bytesSchema, choiceSchema, idSchema, momentMs } from './values.ts';

const count = z.number().int().nonnegative();

export const systemSchema = z.object({
  version: z.string(),
  startedAtMs: momentMs,
  queue: z.object({
    queued: count,
    processing: count,
    completed: count,
    failed: count,
    cancelled: count,
  }),
  workers: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['starting', 'idle', 'busy', 'stopped']),
      jobId: idSchema.nullable(),
      provider: choiceSchema
        .nullable()
        .describe('Who runs its models and why, once it has run one.'),
      memoryBytes: bytesSchema.nullable(),
    }),
  ),
  device: z.object({
    name: z.string().describe('Of the GPU, or of the processor where there is none.'),
    kind: z.enum(['gpu', 'cpu']),
    cores: count,
  }),
  providers: z.array(z.string()).describe('In the order in which they are tried.'),
  memory: z.object({
    totalBytes: bytesSchema,
    freeBytes: bytesSchema,
    serverBytes: bytesSchema,
    gpu: z.object({ totalBytes: bytesSchema, usedBytes: bytesSchema }).nullable(),
  }),
  disk: z.object({
    totalBytes: bytesSchema,
    freeBytes: bytesSchema,
    keptFreeBytes: bytesSchema.describe('Uploads that would leave less are refused.'),
  }),
  models: z.array(z.object({ id: z.string(), name: z.string(), task: z.string(), scale: count })),
  speeds: z
    .array(
      z.object({
        model: z.string(),
        secondsPerMegapixel: z
          .number()
          .describe(
            'Of inference, for a megapixel of source frames; repeated frames count and cost nothing.',
          ),
        jobs: count.describe('That it is from; 0 where it was measured without one.'),
      }),
    )
    .describe(
      'For estimates: what the newest completed jobs took, and of models without one what `clearreel bench` found.',
    ),
  limits: z.object({
    uploadBytes: bytesSchema,
    smallUploadBytes: bytesSchema,
    linkMinutes: z.number(),
    retentionDays: z.number(),
  }),
});

export type System = z.infer<typeof systemSchema>;

const probeSchema = z.object({
  status: z.enum(['ok', 'unavailable']),
  reasons: z.array(z.string()),
});

export const probeLive = operation({
  method: 'get',
  path: '/health/live',
  summary: 'Whether the process answers at all',
  access: 'public',
  answers: { 200: { description: 'It does.', schema: probeSchema } },
  errors: [],
});

export const probeReady = operation({
  method: 'get',
  path: '/health/ready',
  summary: 'Whether uploads and jobs are taken and worked on',
  access: 'public',
  answers: {
    200: { description: 'They are.', schema: probeSchema },
    503: { description: 'They are not, and why.', schema: probeSchema },
  },
  errors: [],
});

export const showSystem = operation({
  method: 'get',
  path: '/system',
  summary: 'Queue, workers, device, memory, disk, models and limits',
  access: 'token',
  answers: { 200: { description: 'The server as it is now.', schema: systemSchema } },
  errors: [],
});

export const readMetrics = operation({
  method: 'get',
  path: '/metrics',
  summary: 'Metrics for Prometheus',
  access: 'token',
  answers: { 200: { description: 'Metrics as text.', mimeType: 'text/plain' } },
  errors: [],
});

export const readOpenApi = operation({
  method: 'get',
  path: '/openapi.json',
  summary: 'This description',
  access: 'public',
  answers: {
    200: { description: 'OpenAPI 3.1.', schema: z.record(z.string(), z.unknown()) },
  },
  errors: [],
});
