import type { VideoSample } from 'mediabunny';
import { sampleShape } from './planes.ts';
import { type MemoryPlane, memoryPlanes } from './sample-memory.ts';

/** One plane of values of up to 16 bits; offsets and strides count values. */
interface DeepPlane {
  readonly data: Uint8Array | Uint16Array;
  readonly offset: number;
  readonly stride: number;
  readonly step: 1 | 2;
}

/** A Y′CbCr picture with all its bits; chroma has ceil(width / subX) × ceil(height / subY) values. */
export interface DeepPlanes {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly subX: 1 | 2;
  readonly subY: 1 | 2;
  readonly y: DeepPlane;
  readonly u: DeepPlane;
  readonly v: DeepPlane;
}

/** The same memory as 16-bit values; copied where it does not begin at an even address. */
function words(data: Uint8Array): Uint16Array {
  const count = data.byteLength >> 1;
  if (data.byteOffset % 2 === 0) return new Uint16Array(data.buffer, data.byteOffset, count);
  return new Uint16Array(data.slice().buffer, 0, count);
}

/**
 * Describes the planes of the visible rectangle of a sample that lies in memory; `null` for all others. The planes
 * are the sample's own memory: they are not written to, and are valid until the sample is closed.
 */
export async function deepPlanes(sample: VideoSample): Promise<DeepPlanes | null> {
  const shape = sampleShape(sample.format);
  const planes = shape && (await memoryPlanes(sample));
  if (!shape || !planes) return null;
  const { subX, subY, bits, interleaved } = shape;
  const { left, top, width, height } = sample.visibleRect;
  const bytes = bits > 8 ? 2 : 1;
  const plane = (index: number, divX: number, divY: number, step: 1 | 2, shift: 0 | 1) => {
    const { data, offset, stride } = planes[index] as MemoryPlane;
    const start = (offset + (top / divY) * stride) / bytes + (left / divX) * step + shift;
    return { data: bits > 8 ? words(data) : data, offset: start, stride: stride / bytes, step };
  };
  return {
    ...{ width, height, bits, subX, subY },
    y: plane(0, 1, 1, 1, 0),
    u: interleaved ? plane(1, subX, subY, 2, 0) : plane(1, subX, subY, 1, 0),
    v: interleaved ? plane(1, subX, subY, 2, 1) : plane(2, subX, subY, 1, 0),
  };
}
