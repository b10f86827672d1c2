import { z } from 'zod';
import { jobSpecSchema } from '../spec/job-spec.ts';
import { specErrors } from './jobs.ts';
import { operation } from './operation.ts';
import { framePairSchema, idSchema, signatureQuery } from './values.ts';

const newPreviewSchema = z.strictObject({
  uploadId: idSchema,
  spec: jobSpecSchema,
  atSeconds: z.number().nonnegative().describe('Of the source; the frame that is shown then.'),
});

export const createPreview = operation({
  method: 'post',
  path: '/previews',
  summary: 'Enhance one frame of an upload as a job would, while one waits',
  access: 'token',
  body: newPreviewSchema,
  answers: { 201: { description: 'The frame before and after.', schema: framePairSchema } },
  errors: [
    'UPLOAD_MISSING',
    'UPLOAD_UNFINISHED',
    ...specErrors,
    'STAGE_STALLED',
    'REQUESTS_TOO_MANY',
  ],
});

export const readPreview = operation({
  method: 'get',
  path: '/previews/{previewId}/{side}',
  summary: 'A frame of a preview, upright and in full size; it is kept for a while',
  access: 'link',
  params: z.object({ previewId: idSchema, side: z.enum(['before', 'after']) }),
  query: signatureQuery,
  answers: { 200: { description: 'A picture.', mimeType: 'image/webp' } },
  errors: ['FILE_GONE'],
});
