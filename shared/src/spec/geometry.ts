import type { OutputCodec } from '../media/encoder.ts';
import type { VideoFacts } from '../media/facts.ts';
import { isTurned } from '../media/upright-size.ts';
import type { JobTarget } from './job-spec.ts';

/** Long and short side in displayed pixels. */
const boxes = {
  '1080p': { long: 1920, short: 1080 },
  '1440p': { long: 2560, short: 1440 },
  '2160p': { long: 3840, short: 2160 },
} as const;

export interface OutputGeometry {
  /** Encoded pixels of the result, before rotation and pixel aspect. */
  readonly width: number;
  readonly height: number;
  readonly pixelAspect: { readonly num: number; readonly den: number };
  /** Set when the codec cannot hold the size asked for and a side was rounded up to even. */
  readonly roundedFrom: { readonly width: number; readonly height: number } | null;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

const reduce = (num: number, den: number) => {
  const divisor = gcd(num, den) || 1;
  return { num: num / divisor, den: den / divisor };
};

type Shape = Pick<VideoFacts, 'width' | 'height' | 'rotation' | 'pixelAspect'>;

function wanted(video: Shape, target: JobTarget): { width: number; height: number } {
  const { width, height, pixelAspect } = video;
  if (target.kind === 'factor') {
    return { width: Math.round(width * target.factor), height: Math.round(height * target.factor) };
  }
  if (target.kind === 'box') {
    const displayWidth = (width * pixelAspect.num) / pixelAspect.den;
    const box = boxes[target.box];
    const factor = Math.min(
      box.long / Math.max(displayWidth, height),
      box.short / Math.min(displayWidth, height),
    );
    return { width: Math.round(width * factor), height: Math.round(height * factor) };
  }
  const asked = isTurned(video)
    ? { width: target.height, height: target.width }
    : { width: target.width, height: target.height };
  return {
    width: asked.width ?? Math.round((width * (asked.height ?? height)) / height),
    height: asked.height ?? Math.round((height * (asked.width ?? width)) / width),
  };
}

/**
 * Size and pixel aspect of the result. The picture is never distorted on display: where both sides of an exact
 * size are given and the aspect differs from the source's, the pixel aspect makes up for it.
 */
export function outputGeometry(
  video: Shape,
  target: JobTarget,
  codec: OutputCodec,
): OutputGeometry {
  const asked = wanted(video, target);
  const needsEven = codec === 'avc' || codec === 'hevc';
  const side = (px: number) => Math.max(16, needsEven ? px + (px % 2) : px);
  const width = side(asked.width);
  const height = side(asked.height);
  const isExact =
    target.kind === 'size' && target.width !== undefined && target.height !== undefined;
  const pixelAspect = isExact
    ? reduce(
        video.width * video.pixelAspect.num * height,
        video.height * video.pixelAspect.den * width,
      )
    : video.pixelAspect;
  const isRounded = width !== asked.width || height !== asked.height;
  return { width, height, pixelAspect, roundedFrom: isRounded ? asked : null };
}
