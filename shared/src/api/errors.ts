import { z } from 'zod';
import type { ErrorCode } from '../errors/codes.ts';
import { errorTexts } from '../errors/codes.ts';
import type { DetailValue } from '../texts/text.ts';

const codes = Object.keys(errorTexts) as [ErrorCode, ...ErrorCode[]];

export const detailSchema = z
  .record(z.string(), z.custom<DetailValue>())
  .describe(
    'What the texts are filled with: numbers, strings, and texts that have a code and a detail themselves.',
  );

/** An error as data, as `ClearReelError.toReport` gives it. */
export const errorReportSchema = z.object({
  code: z.enum(codes).describe('Stable; texts may change.'),
  message: z.string().describe('What is wrong, in English.'),
  todo: z.string().describe('What to do, in English.'),
  detail: detailSchema,
});

/** The body of every answer from 400 on. */
export const errorBodySchema = z.object({
  error: errorReportSchema.extend({
    requestId: z.string().describe('What the server’s log has this request under.'),
  }),
});

export type ErrorBody = z.infer<typeof errorBodySchema>;
