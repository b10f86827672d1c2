import { VideoSample } from 'mediabunny';

export interface PatternSize {
  readonly width: number;
  readonly height: number;
}

/** The pattern moves by so much a frame, so that no frame is like the one before. */
const stepPx = 3;

const sourceFramesPerSecond = 25;

/** Smooth shapes with grain on them, a little larger than the frames that are cut from it. */
function drawPlane(width: number, height: number, amplitude: number): Uint8Array {
  const plane = new Uint8Array(width * height);
  let seed = 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const shape = Math.sin(x / 19) * Math.cos(y / 23) + Math.sin((x + 2 * y) / 7) / 3;
      plane[at] = 128 + amplitude * shape + (seed >>> 28) - 8;
    }
  }
  return plane;
}

/** Frames to time codecs and pixel work with: each is a decoder's frame to all that take it, and costs little to make. */
export class MovingPattern {
  readonly #size: PatternSize;
  readonly #frames: number;
  readonly #luma: Uint8Array;
  readonly #chroma: Uint8Array;

  /** `size` is even; at most `frames` frames are taken. */
  constructor(size: PatternSize, frames: number) {
    this.#size = size;
    this.#frames = frames;
    const { width, height } = size;
    this.#luma = drawPlane(width + frames * stepPx, height, 60);
    this.#chroma = drawPlane(width / 2 + frames * stepPx, height / 2, 20);
  }

  /** The caller closes the sample. */
  frame(index: number): VideoSample {
    const { width, height } = this.#size;
    const data = new Uint8Array((width * height * 3) / 2);
    this.#cut(this.#luma, width, height, index, data, 0);
    for (const plane of [0, 1]) {
      const offset = width * height + (plane * width * height) / 4;
      this.#cut(this.#chroma, width / 2, height / 2, index, data, offset);
    }
    const frame = new VideoFrame(data, {
      format: 'I420',
      codedWidth: width,
      codedHeight: height,
      timestamp: Math.round((index * 1e6) / sourceFramesPerSecond),
      duration: Math.round(1e6 / sourceFramesPerSecond),
    });
    return new VideoSample(frame);
  }

  #cut(
    from: Uint8Array,
    width: number,
    height: number,
    index: number,
    to: Uint8Array,
    offset: number,
  ): void {
    const stride = width + this.#frames * stepPx;
    for (let y = 0; y < height; y++) {
      const at = y * stride + index * stepPx;
      to.set(from.subarray(at, at + width), offset + y * width);
    }
  }
}
