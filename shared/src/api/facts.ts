import { z } from 'zod';
import { bytesSchema, choiceSchema } from './values.ts';

const nullableText = z.string().nullable();

/** What a client is told of a source: `SourceFacts` without what only the engine needs. */
export const factsSchema = z.object({
  container: z
    .string()
    .describe(
      '`mp4`, `mov`, `mkv`, `webm`, `ts`, `avi`, `mpeg`, …; `images` for numbered pictures.',
    ),
  bytes: bytesSchema,
  durationSeconds: z.number(),
  video: z.object({
    codec: z.string(),
    width: z.number().int().describe('As decoded: before rotation, before pixel aspect.'),
    height: z.number().int(),
    rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
    flip: z.boolean(),
    pixelAspect: z.object({ num: z.number(), den: z.number() }),
    colour: z.object({
      primaries: nullableText,
      transfer: nullableText,
      matrix: nullableText,
      fullRange: z.boolean().nullable(),
    }),
    hdr: z.boolean(),
    bitDepth: z.number().int().nullable(),
    hasAlpha: z.boolean(),
    averageFrameRate: z.number(),
    constantFrameRate: z.number().nullable(),
  }),
  audio: z.array(
    z.object({
      codec: nullableText,
      channels: z.number().int(),
      sampleRateHz: z.number(),
      languageCode: z.string(),
    }),
  ),
  demuxer: choiceSchema,
  decoder: choiceSchema,
});

export type Facts = z.infer<typeof factsSchema>;
