import { type VideoSample, VideoSampleResource } from 'mediabunny';

/** One plane of a sample as it lies in memory; `offset` and `stride` in bytes. */
export interface MemoryPlane {
  readonly data: Uint8Array;
  readonly offset: number;
  readonly stride: number;
}

interface Internals {
  readonly _data?: unknown;
  readonly _layout?: readonly { offset: number; stride: number }[] | null;
}

/**
 * The planes of a sample that lies in this program's memory (raw bytes, or a decoder's own memory as on Node),
 * from the coded picture's top left, or `null` for browsers' frames and whatever else must be copied out.
 *
 * This reads mediabunny's internals, because its `copyTo` loses the last chroma column of odd widths
 * (it rounds the row's bytes down) and throws for raw bytes with a visible rectangle. Without the internals
 * the caller falls back on `copyTo`.
 */
export async function memoryPlanes(sample: VideoSample): Promise<readonly MemoryPlane[] | null> {
  const { _data: data, _layout: layout } = sample as unknown as Internals;
  if (data instanceof Uint8Array && layout) {
    return layout.map(({ offset, stride }) => ({ data, offset, stride }));
  }
  if (data instanceof VideoSampleResource) {
    const planes = await data.getDataPlanes();
    return planes.map((plane) => ({ data: plane.data, offset: 0, stride: plane.stride }));
  }
  return null;
}
