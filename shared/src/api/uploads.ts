import { z } from 'zod';
import { factsSchema } from './facts.ts';
import { operation } from './operation.ts';
import { bytesSchema, idSchema, momentMs } from './values.ts';

const uploadParams = z.object({ uploadId: idSchema });

const tusVersion = z.object({ 'tus-resumable': z.literal('1.0.0') });

export const uploadSchema = z.object({
  id: idSchema,
  state: z.enum(['receiving', 'complete']),
  sourceName: z.string().describe('As the client named it; to be shown, never used as a path.'),
  bytes: bytesSchema,
  receivedBytes: bytesSchema,
  createdAtMs: momentMs,
  expiresAtMs: momentMs
    .nullable()
    .describe('When it goes unless it is finished, or a job uses it.'),
  facts: factsSchema.nullable().describe('What was found in it, once it is complete.'),
});

export type Upload = z.infer<typeof uploadSchema>;

const complete = { description: 'The upload, checked and complete.', schema: uploadSchema };
const refusals = ['UPLOAD_TOO_LARGE', 'DISK_LOW', 'UPLOAD_NOT_VIDEO'] as const;

export const beginUpload = operation({
  method: 'post',
  path: '/uploads',
  summary: 'Begin a resumable upload (tus 1.0)',
  access: 'token',
  headers: tusVersion.extend({
    'upload-length': z.coerce.number<number>().int().positive(),
    'upload-metadata': z
      .string()
      .max(4000)
      .optional()
      .describe('`filename` and its value in base64, as tus has it.'),
  }),
  answers: { 201: { description: 'Begun; `Location` is where its bytes go.' } },
  errors: refusals,
});

export const askUpload = operation({
  method: 'head',
  path: '/uploads/{uploadId}',
  summary: 'How much of a resumable upload has arrived (tus 1.0)',
  access: 'token',
  params: uploadParams,
  headers: tusVersion,
  answers: { 200: { description: '`Upload-Offset` says it.' } },
  errors: ['UPLOAD_MISSING'],
});

export const continueUpload = operation({
  method: 'patch',
  path: '/uploads/{uploadId}',
  summary:
    'Send bytes of a resumable upload (tus 1.0); the last ones are answered when the content has been checked',
  access: 'token',
  params: uploadParams,
  headers: tusVersion.extend({ 'upload-offset': z.coerce.number<number>().int().nonnegative() }),
  bodyMimeType: 'application/offset+octet-stream',
  answers: { 204: { description: 'They are kept; `Upload-Offset` says how many in all.' } },
  errors: [
    'UPLOAD_MISSING',
    ...refusals,
    'SOURCE_UNREADABLE',
    'SOURCE_NO_VIDEO',
    'SOURCE_TOO_LARGE',
  ],
});

export const showUpload = operation({
  method: 'get',
  path: '/uploads/{uploadId}',
  summary: 'Show an upload, and what was found in it',
  access: 'token',
  params: uploadParams,
  answers: { 200: { description: 'The upload.', schema: uploadSchema } },
  errors: ['UPLOAD_MISSING'],
});

export const deleteUpload = operation({
  method: 'delete',
  path: '/uploads/{uploadId}',
  summary: 'Delete an upload that no job uses',
  access: 'token',
  params: uploadParams,
  answers: { 204: { description: 'It is gone.' } },
  errors: ['UPLOAD_MISSING', 'UPLOAD_IN_USE'],
});

export const uploadSmall = operation({
  method: 'post',
  path: '/uploads/multipart',
  summary: 'Upload a small file in one piece, as the part `file` of a form',
  access: 'token',
  bodyMimeType: 'multipart/form-data',
  answers: { 201: complete },
  errors: [...refusals, 'SOURCE_UNREADABLE', 'SOURCE_NO_VIDEO', 'SOURCE_TOO_LARGE'],
});
