import type { InputVideoTrack, VideoSample } from 'mediabunny';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import { because } from '../notices/reasons.ts';
import type { Detail } from '../texts/text.ts';
import type { ColourTags, VideoFacts } from './facts.ts';
import { exactPixelAspect } from './pixel-aspect.ts';
import type { IndexedPacket } from './source.ts';

/** More pixels than any display or codec level of today has (16384 × 8704): a larger claim is a damaged or hostile file. */
export const maxSourcePixels = 16384 * 8704;

/**
 * @param detail what else is known of the size
 * @throws ClearReelError `SOURCE_TOO_LARGE`, before anything of that size is allocated.
 */
export function requireSaneSize(width: number, height: number, detail: Detail = {}): void {
  if (!(width > 0 && height > 0)) {
    // Readers give no size at all where the one in the file is past everything that they take.
    throw new ClearReelError('SOURCE_UNREADABLE', { reason: because('NO_PICTURE_SIZE') });
  }
  if (width * height <= maxSourcePixels) return;
  throw new ClearReelError('SOURCE_TOO_LARGE', {
    ...{ ...detail, width, height, limitMegapixels: Math.floor(maxSourcePixels / 1e6) },
  });
}

/** Seconds by which two durations may differ and still count as one: half of Matroska's millisecond. */
const durationToleranceSeconds = 0.00051;

export function frameRates(index: readonly IndexedPacket[]): {
  average: number;
  constant: number | null;
} {
  const first = index[0];
  const last = index.at(-1);
  if (!first || !last || index.length < 2) return { average: 0, constant: null };
  const spanSeconds = last.timestampSeconds - first.timestampSeconds;
  if (spanSeconds <= 0) return { average: 0, constant: null };
  const stepSeconds = spanSeconds / (index.length - 1);
  const isConstant = index.every(
    ({ timestampSeconds }, position) =>
      Math.abs(timestampSeconds - first.timestampSeconds - position * stepSeconds) <=
      durationToleranceSeconds,
  );
  return { average: 1 / stepSeconds, constant: isConstant ? 1 / stepSeconds : null };
}

const bitDepthOf = (sample: VideoSample | null, codecString: string | null): number | null => {
  const fromFormat = sample?.format?.match(/P(10|12)$/)?.[1];
  if (fromFormat) return Number(fromFormat);
  if (sample?.format) return 8;
  const fromCodec = codecString?.match(/^(?:vp09\.\d\d\.\d\d|av01\.\d\.\d\d[MH])\.(\d\d)/)?.[1];
  return fromCodec ? Number(fromCodec) : null;
};

async function readColour(track: InputVideoTrack): Promise<ColourTags> {
  const { primaries, transfer, matrix, fullRange } = await track.getColorSpace();
  return {
    primaries: primaries ?? null,
    transfer: transfer ?? null,
    matrix: matrix ?? null,
    fullRange: fullRange ?? null,
  };
}

/**
 * Facts of a video track. `probe` is its first decoded frame where it could be decoded: only the frame knows the
 * visible size for certain, since containers state the coded one.
 */
export async function readVideoFacts(
  track: InputVideoTrack,
  index: readonly IndexedPacket[],
  probe: VideoSample | null,
): Promise<VideoFacts> {
  const rates = frameRates(index);
  const codecString = await track.getCodecParameterString();
  const pixelAspect = exactPixelAspect(
    { width: await track.getCodedWidth(), height: await track.getCodedHeight() },
    { width: await track.getSquarePixelWidth(), height: await track.getSquarePixelHeight() },
  );
  return {
    codec: (await track.getCodec()) ?? String((await track.getInternalCodecId()) ?? 'unknown'),
    width: probe?.visibleRect.width ?? (await track.getCodedWidth()),
    height: probe?.visibleRect.height ?? (await track.getCodedHeight()),
    rotation: await track.getRotation(),
    flip: await track.getFlip(),
    pixelAspect,
    colour: await readColour(track),
    hdr: await track.hasHighDynamicRange(),
    bitDepth: bitDepthOf(probe, codecString),
    hasAlpha: await track.canBeTransparent(),
    languageCode: await track.getLanguageCode(),
    name: await track.getName(),
    disposition: await track.getDisposition(),
    ticksPerSecond: await track.getTimeResolution(),
    averageFrameRate: rates.average,
    constantFrameRate: rates.constant,
  };
}
