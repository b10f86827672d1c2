import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import type { VideoSample } from 'mediabunny';

/** ffmpeg's names of the formats that a `VideoFrame` may have and 8 bits hold. */
const pixelFormats: Readonly<Record<string, string>> = {
  I420: 'yuv420p',
  NV12: 'nv12',
  RGBA: 'rgba',
  RGBX: 'rgb0',
  BGRA: 'bgra',
  BGRX: 'bgr0',
};

/**
 * Raw frames on their way to the encoder, kept as Blobs: the browser moves those to disk when they grow,
 * and ffmpeg reads them where they lie.
 */
export class RawFrames {
  readonly #width: number;
  readonly #height: number;
  #parts: Blob[] = [];
  #pixelFormat: string | null = null;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
  }

  get count(): number {
    return this.#parts.length;
  }

  /** ffmpeg's name; `null` before the first frame. */
  get pixelFormat(): string | null {
    return this.#pixelFormat;
  }

  /** @throws ClearReelError `ENCODER_FAILED` for another size or format than the first frame's. */
  async add(sample: VideoSample): Promise<void> {
    const frame = sample.toVideoFrame();
    try {
      const { width, height } = frame.visibleRect ?? { width: 0, height: 0 };
      const pixelFormat = pixelFormats[frame.format ?? ''];
      const isSame = this.#pixelFormat === null || this.#pixelFormat === pixelFormat;
      if (
        pixelFormat === undefined ||
        !isSame ||
        width !== this.#width ||
        height !== this.#height
      ) {
        const format = String(frame.format);
        const reason = because('FRAME_UNEXPECTED', { format, width, height });
        throw new ClearReelError('ENCODER_FAILED', { reason });
      }
      this.#pixelFormat = pixelFormat;
      const bytes = new Uint8Array(frame.allocationSize());
      await frame.copyTo(bytes);
      this.#parts.push(new Blob([bytes]));
    } finally {
      frame.close();
    }
  }

  toBlob(): Blob {
    return new Blob(this.#parts);
  }

  clear(): void {
    this.#parts = [];
  }
}
