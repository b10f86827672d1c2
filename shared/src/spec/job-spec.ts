import { z } from 'zod';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import { defaultModel } from './default-model.ts';
import { mustBe } from './spec-problem.ts';

const seconds = z.number().nonnegative();
const sidePx = z.number().int().min(16).max(16384);

const target = z.discriminatedUnion('kind', [
  /** A multiple of the source's size; 1 restores without enlarging. */
  z.strictObject({ kind: z.literal('factor'), factor: z.number().min(1).max(8) }),
  /** As large as fits the named box (1920×1080, 2560×1440, 3840×2160; turned for upright video). */
  z.strictObject({ kind: z.literal('box'), box: z.enum(['1080p', '1440p', '2160p']) }),
  /** Exactly this many pixels; one side alone keeps the aspect. */
  z
    .strictObject({ kind: z.literal('size'), width: sidePx.optional(), height: sidePx.optional() })
    .refine((size) => size.width !== undefined || size.height !== undefined),
]);

/**
 * What to do to a source: the one description that the page, the command line, the HTTP API and the stored
 * history share. It is data about the result and knows nothing of the host that runs it. Times are seconds of
 * source time.
 */
export const jobSpecSchema = z.strictObject({
  version: z.literal(1),
  input: z
    .strictObject({
      /** Of an image sequence; videos have their own times. */
      framesPerSecond: z.number().min(1).max(240).optional(),
      /** Make whole pictures of interlaced ones, as many as there are frames. Browsers cannot. */
      deinterlace: z.boolean().optional(),
    })
    .optional(),
  trim: z
    .strictObject({ startSeconds: seconds.optional(), endSeconds: seconds.optional() })
    .refine((trim) => (trim.startSeconds ?? 0) < (trim.endSeconds ?? Number.POSITIVE_INFINITY), {
      params: { isSpan: true },
    })
    .optional(),
  enhance: z.strictObject({
    /** A model id of the manifest; `none` resamples only. */
    model: z.string().default(defaultModel),
    target: target.default({ kind: 'factor', factor: 2 }),
    /** Percent of the model's picture in the result; the rest is the plain resample. Nothing to the model `none`. */
    strength: z.number().min(0).max(100).default(100),
    /** Reuse the output of identical frames and tiles; the result is bit-identical either way. */
    reuse: z.boolean().default(true),
  }),
  output: z.strictObject({
    container: z.enum(['mp4', 'mov', 'mkv', 'webm']),
    codec: z.enum(['avc', 'vp9', 'av1', 'hevc']),
    /** 0 (smallest file) to 100 (visually lossless); the same visible quality with every codec. */
    quality: z.number().min(0).max(100).default(75),
    audio: z.enum(['keep', 'none']).default('keep'),
    /**
     * What becomes of an HDR source: it stays HDR, and the job is refused where that is not possible; it is refused
     * anywhere; or it is converted to SDR.
     */
    hdr: z.enum(['keep', 'refuse', 'convert']).default('keep'),
    /** Length aimed at for one segment, the unit of resuming. */
    segmentSeconds: z.number().min(0.2).max(120).default(4),
  }),
});

export type JobSpec = z.infer<typeof jobSpecSchema>;
export type JobTarget = JobSpec['enhance']['target'];
export type OutputContainer = JobSpec['output']['container'];

/**
 * Reads a spec from outside (a form, a file, an old history entry).
 * @throws ClearReelError `SPEC_INVALID` with the option's path and what it must be.
 */
export function parseJobSpec(value: unknown): JobSpec {
  const result = jobSpecSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw result.error;
  throw new ClearReelError('SPEC_INVALID', {
    option: issue.path.join('.') || 'spec',
    mustBe: mustBe(issue),
  });
}
