import type { VideoSample } from 'mediabunny';
import { type MemoryPlane, memoryPlanes } from './sample-memory.ts';

/** One plane of 8-bit values; `step` bytes from one value of a row to the next (2 in NV12's chroma). */
export interface Plane {
  readonly data: Uint8Array;
  readonly offset: number;
  readonly stride: number;
  readonly step: 1 | 2;
}

/** A Y′CbCr picture; chroma has ceil(width / subX) × ceil(height / subY) values. */
export interface YuvPlanes {
  readonly width: number;
  readonly height: number;
  readonly subX: 1 | 2;
  readonly subY: 1 | 2;
  readonly y: Plane;
  readonly u: Plane;
  readonly v: Plane;
}

export const sampleShape = (format: string | null) => {
  const match = format?.match(/^(?:I(420|422|444)A?(?:P(10|12))?|NV12)$/);
  if (!match) return null;
  const [, sampling = '420', bits = '8'] = match;
  return {
    subX: sampling === '444' ? 1 : 2,
    subY: sampling === '420' ? 2 : 1,
    bits: Number(bits),
    interleaved: format === 'NV12',
  } as const;
};

/** Little-endian 16-bit values of `bits` significant bits, rounded to 8. */
function narrow(data: Uint8Array, bits: number): Uint8Array {
  const shift = bits - 8;
  const half = 1 << (shift - 1);
  const out = new Uint8Array(data.length >> 1);
  for (let i = 0; i < out.length; i++) {
    const value = (data[2 * i] as number) | ((data[2 * i + 1] as number) << 8);
    out[i] = Math.min(255, (value + half) >> shift);
  }
  return out;
}

/** Whether `readPlanes` knows the format; other samples (RGB, opaque hardware frames) are read as RGBA. */
export const hasReadablePlanes = (sample: VideoSample): boolean =>
  sampleShape(sample.format) !== null;

/** Where the bytes are copied that do not lie in memory yet: a buffer of at least `bytes`. */
export type TakeBuffer = (bytes: number) => Uint8Array;

async function copiedPlanes(sample: VideoSample, take: TakeBuffer) {
  const data = take(sample.allocationSize());
  const layouts: readonly { offset: number; stride: number }[] = await sample.copyTo(data);
  return layouts.map(({ offset, stride }) => ({ data, offset, stride }));
}

/**
 * Describes the planes of the visible rectangle; more than 8 bits are rounded to 8. The planes may be the
 * sample's own memory: they are not written to, and are valid until the sample is closed.
 */
export async function readPlanes(sample: VideoSample, take: TakeBuffer): Promise<YuvPlanes> {
  const shape = sampleShape(sample.format);
  if (shape === null) throw new RangeError(`no Y'CbCr format: ${sample.format}`);
  const { subX, subY, bits, interleaved } = shape;
  const { left, top, width, height } = sample.visibleRect;
  const own = await memoryPlanes(sample);
  const planes = own ?? (await copiedPlanes(sample, take));
  const [skipX, skipY] = own === null ? [0, 0] : [left, top];
  const bytes = bits > 8 ? 2 : 1;
  const narrowed = new Map<Uint8Array, Uint8Array>();
  const plane = (index: number, divX: number, divY: number, step: 1 | 2, shift: 0 | 1): Plane => {
    const { data, offset, stride } = planes[index] as MemoryPlane;
    const eight = bits > 8 ? (narrowed.get(data) ?? narrow(data, bits)) : data;
    narrowed.set(data, eight);
    const start = offset / bytes + (skipY / divY) * (stride / bytes) + (skipX / divX) * step;
    return { data: eight, offset: start + shift, stride: stride / bytes, step };
  };
  return {
    width,
    height,
    subX,
    subY,
    y: plane(0, 1, 1, 1, 0),
    u: interleaved ? plane(1, subX, subY, 2, 0) : plane(1, subX, subY, 1, 0),
    v: interleaved ? plane(1, subX, subY, 2, 1) : plane(2, subX, subY, 1, 0),
  };
}
