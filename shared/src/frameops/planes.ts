import type { VideoSample } from 'mediabunny';

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

type PlaneLayout = { offset: number; stride: number };

const shapeOf = (format: string | null) => {
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
export const hasReadablePlanes = (sample: VideoSample): boolean => shapeOf(sample.format) !== null;

/**
 * Copies the visible rectangle's planes into `buffer` (`sample.allocationSize()` bytes) and describes them.
 * More than 8 bits are rounded to 8.
 */
export async function readPlanes(sample: VideoSample, buffer: Uint8Array): Promise<YuvPlanes> {
  const shape = shapeOf(sample.format);
  if (shape === null) throw new RangeError(`no Y'CbCr format: ${sample.format}`);
  const layouts: readonly PlaneLayout[] = await sample.copyTo(buffer);
  const data = shape.bits > 8 ? narrow(buffer, shape.bits) : buffer;
  const bytes = shape.bits > 8 ? 2 : 1;
  const plane = (index: number, step: 1 | 2 = 1, shift = 0): Plane => {
    const layout = layouts[index] as PlaneLayout;
    return { data, offset: layout.offset / bytes + shift, stride: layout.stride / bytes, step };
  };
  return {
    width: sample.visibleRect.width,
    height: sample.visibleRect.height,
    subX: shape.subX,
    subY: shape.subY,
    y: plane(0),
    u: shape.interleaved ? plane(1, 2) : plane(1),
    v: shape.interleaved ? plane(1, 2, 1) : plane(2),
  };
}
