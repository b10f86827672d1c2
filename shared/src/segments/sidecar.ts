import { z } from 'zod';

const config = z.strictObject({
  codec: z.string(),
  codedWidth: z.number().int().optional(),
  codedHeight: z.number().int().optional(),
  /** Codec private data, byte by byte. */
  description: z.array(z.number().int().min(0).max(255)).optional(),
});

/** `[timestampSeconds, durationSeconds, isKey (0 or 1), bytes]` of each packet, in file order. */
const packet = z.tuple([z.number(), z.number(), z.union([z.literal(0), z.literal(1)]), z.number()]);

/**
 * Describes a segment's data file. It is written after the data file is closed: a segment exists only if its
 * sidecar parses and the data has this length and checksum.
 */
export const sidecarSchema = z
  .strictObject({
    version: z.literal(1),
    index: z.number().int().nonnegative(),
    provider: z.string(),
    config,
    bytes: z.number().int().nonnegative(),
    crc32: z.number().int().nonnegative(),
    packets: z.array(packet),
    stats: z.strictObject({
      reusedFrames: z.number().int(),
      reusedTiles: z.number().int(),
      tiles: z.number().int(),
    }),
  })
  .refine(({ bytes, packets }) => bytes === packets.reduce((sum, [, , , size]) => sum + size, 0));

export type Sidecar = z.infer<typeof sidecarSchema>;
