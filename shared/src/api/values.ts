import { z } from 'zod';
import type { Notice } from '../media/facts.ts';
import { detailSchema } from './errors.ts';

export const idSchema = z.uuid();

export const momentMs = z.number().int().describe('Milliseconds since 1970-01-01 UTC.');

export const bytesSchema = z.number().int().nonnegative();

export const linkSchema = z
  .string()
  .describe(
    'An address on this server that needs no token and expires. Ask for its job again to get a fresh one.',
  );

export const framePairSchema = z.object({
  timestampSeconds: z.number().describe('When the frame begins.'),
  before: linkSchema,
  after: linkSchema,
});

export type FramePairLinks = z.infer<typeof framePairSchema>;

/** What a signed link carries. */
export const signatureQuery = z.object({
  expires: z.coerce.number<number>().int().positive().describe('Seconds since 1970-01-01 UTC.'),
  signature: z.string().max(100),
});

const textData = z.object({ code: z.string(), detail: detailSchema });

/** Something chosen, and why. */
export const choiceSchema = z.object({
  value: z.string(),
  reason: z.string(),
  why: textData.exactOptional(),
});

export const noticeSchema: z.ZodType<Notice> = z.object({
  code: z.string(),
  message: z.string(),
  detail: detailSchema.exactOptional(),
});
