import { z } from 'zod';
import { operation } from './operation.ts';
import { idSchema, signatureQuery } from './values.ts';

const jobParams = z.object({ jobId: idSchema });
const whole = { description: 'The file.', mimeType: 'application/octet-stream' };
const ranged = {
  200: whole,
  206: { description: 'The part that `Range` asks for.', mimeType: 'application/octet-stream' },
  304: { description: 'The file still has the `ETag` that was sent.' },
};
const ofFiles = ['FILE_GONE', 'FILE_DIFFERS', 'RANGE_OUTSIDE'] as const;
const picture = { 200: { description: 'A picture.', mimeType: 'image/webp' } };

export const readResult = operation({
  method: 'get',
  path: '/jobs/{jobId}/result',
  summary: 'The finished video',
  access: 'link',
  params: jobParams,
  query: signatureQuery,
  answers: ranged,
  errors: ['JOB_MISSING', 'JOB_CHANGED', ...ofFiles],
});

export const readSideFile = operation({
  method: 'get',
  path: '/jobs/{jobId}/side-files/{index}',
  summary: 'What the result’s container has no place for',
  access: 'link',
  params: jobParams.extend({ index: z.coerce.number<number>().int().nonnegative() }),
  query: signatureQuery,
  answers: ranged,
  errors: ['JOB_MISSING', 'JOB_CHANGED', ...ofFiles],
});

export const readSource = operation({
  method: 'get',
  path: '/jobs/{jobId}/source',
  summary: 'The video as it was uploaded',
  access: 'link',
  params: jobParams,
  query: signatureQuery,
  answers: ranged,
  errors: ['JOB_MISSING', ...ofFiles],
});

export const readThumbnail = operation({
  method: 'get',
  path: '/jobs/{jobId}/thumbnail',
  summary: 'A small picture of the source, upright',
  access: 'link',
  params: jobParams,
  query: signatureQuery,
  answers: picture,
  errors: ['JOB_MISSING', 'FILE_GONE'],
});

export const readFrame = operation({
  method: 'get',
  path: '/jobs/{jobId}/frames/{side}',
  summary: 'One frame of the source, or of the result at the same time, upright and in full size',
  access: 'link',
  params: jobParams.extend({ side: z.enum(['before', 'after']) }),
  query: signatureQuery.extend({
    atSeconds: z.coerce
      .number<number>()
      .nonnegative()
      .optional()
      .describe('Seconds of the source; the middle of what the job took where it is left out.'),
  }),
  answers: picture,
  errors: ['JOB_MISSING', 'JOB_CHANGED', 'FILE_GONE'],
});
