import { z } from 'zod';
import { operation } from './operation.ts';
import { framePairSchema, idSchema, signatureQuery } from './values.ts';

export const showNewestFrame = operation({
  method: 'get',
  path: '/jobs/{jobId}/newest-frame',
  summary:
    'The newest frame of a running job, before and after; it is drawn while someone asks every few seconds',
  access: 'token',
  params: z.object({ jobId: idSchema }),
  answers: {
    200: { description: 'The frame before and after.', schema: framePairSchema },
    204: { description: 'There is none yet, or the job does not run.' },
  },
  errors: ['JOB_MISSING'],
});

export const readNewestFrame = operation({
  method: 'get',
  path: '/jobs/{jobId}/newest-frame/{frameId}/{side}',
  summary: 'A picture of it, upright, at most 1280 wide, until there is a newer one',
  access: 'link',
  params: z.object({ jobId: idSchema, frameId: idSchema, side: z.enum(['before', 'after']) }),
  query: signatureQuery,
  answers: { 200: { description: 'A picture.', mimeType: 'image/webp' } },
  errors: ['FILE_GONE'],
});
