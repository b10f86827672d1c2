import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { i420Values } from '@clearreel/shared/frameops/rgb-to-yuv';
import type { IndexedPacket } from '@clearreel/shared/media/source';
import { FfmpegRuntime, type NamedBlob } from './ffmpeg-runtime.ts';
import { canPauseFfmpeg, FrameStream, outletPath, type RawFrame } from './frame-stream.ts';
import { nearestFrame, startTick, windowEnd } from './frame-windows.ts';
import { i420Filters, type RawVideo } from './raw-video.ts';

/** Raw frames that may be in memory at once, in bytes; two frames always may. */
const windowBytes = 48 * 1024 * 1024;
const mostAhead = 8;
/** A reader that nobody asks for this long gives its worker and its memory back. */
const idleMs = 20_000;

/** Containers whose index leads to a key frame; others are searched by time and may land behind it. */
const indexedDemuxers = /^(avi|mov|matroska)/;

export interface ReadFrame {
  /** Position in the index. */
  readonly at: number;
  /** I420, rows without padding. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * Decodes the frames that an index lists, in order and each once. One ffmpeg runs from a key frame on and
 * sleeps while nobody reads, so reading on where the last read ended decodes nothing twice. Where ffmpeg
 * cannot be paused it runs in windows of at most 48 MiB of raw frames, cut at key frames where it can.
 */
export class FrameReader {
  readonly #runtime = new FfmpegRuntime();
  readonly #frameBytes: number;
  #stream: FrameStream | null = null;
  #streamAbort = new AbortController();
  /** Taken from the stream and not yet given to anyone. */
  #pending: ReadFrame | null = null;
  /** Where the stream stands: every frame before it was given or skipped. */
  #next = 0;
  #windowEnd = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #busy = false;

  readonly #input: NamedBlob;
  readonly #video: RawVideo;
  readonly #index: readonly IndexedPacket[];
  readonly #offsetSeconds: number;
  readonly #canPause: boolean;

  /**
   * @param offsetSeconds what the index's timestamps are ahead of ffmpeg's
   * @param canPause whether ffmpeg may sleep between frames; needs a cross-origin isolated page
   */
  constructor(
    input: NamedBlob,
    video: RawVideo,
    index: readonly IndexedPacket[],
    offsetSeconds = 0,
    canPause = canPauseFfmpeg(),
  ) {
    this.#input = input;
    this.#video = video;
    this.#index = index;
    this.#offsetSeconds = offsetSeconds;
    this.#canPause = canPause;
    this.#frameBytes = i420Values(video.width, video.height);
  }

  /**
   * Frames `from` to `to` (exclusive) of the index. A frame that cannot be decoded is left out.
   * @throws ClearReelError `DECODER_FAILED`, `STAGE_STALLED`, `WORKER_CRASHED`; or the signal's reason.
   */
  async *read(from: number, to: number, signal: AbortSignal): AsyncGenerator<ReadFrame> {
    if (this.#busy)
      throw new ClearReelError('INTERNAL', { stage: 'decoding', reason: 'read twice' });
    this.#busy = true;
    clearTimeout(this.#idle);
    const onAbort = () => this.#streamAbort.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      if (this.#stream === null || this.#next !== from) await this.#open(from, to, signal);
      while (this.#next < to) {
        const frame = await this.#take(signal);
        if (frame !== null && frame.at >= to) {
          this.#pending = frame;
          this.#next = to;
        } else if (frame !== null) {
          this.#next = frame.at + 1;
          yield frame;
        } else if (this.#windowEnd < to) {
          await this.#open(this.#windowEnd, to, signal);
        } else {
          this.#next = to;
        }
      }
    } catch (error) {
      await this.#close();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#busy = false;
      this.#idle = setTimeout(() => this.dispose(), idleMs);
    }
  }

  /** Frees the worker and ends what runs. A later read starts a new one. */
  dispose(): void {
    clearTimeout(this.#idle);
    this.#streamAbort.abort(new ClearReelError('CANCELLED'));
    this.#stream = null;
    this.#pending = null;
    this.#runtime.release();
  }

  /**
   * Starts ffmpeg so that its first frame is `from`. A seek that lands too late (it is seen by the first
   * frame's stamp) is tried again from further back, at last from the start of the file.
   */
  async #open(from: number, to: number, signal: AbortSignal): Promise<void> {
    for (const seekTo of this.#seekTargets(from)) {
      await this.#close();
      signal.throwIfAborted();
      this.#next = from;
      this.#windowEnd = this.#canPause
        ? this.#index.length
        : windowEnd(this.#index, from, to, Math.floor(windowBytes / this.#frameBytes));
      this.#streamAbort = new AbortController();
      const work = {
        stage: 'decoding',
        code: 'DECODER_FAILED',
        inputs: [this.#input],
        signal: this.#streamAbort.signal,
      } as const;
      const ahead = Math.max(2, Math.min(mostAhead, Math.floor(windowBytes / this.#frameBytes)));
      this.#stream = new FrameStream(
        this.#runtime,
        work,
        { frameBytes: this.#frameBytes, ahead, canPause: this.#canPause },
        (path) => this.#args(path, from, seekTo),
      );
      this.#pending = await this.#take(signal);
      if (this.#pending?.at === from) return;
    }
  }

  async #close(): Promise<void> {
    this.#pending = null;
    const stream = this.#stream;
    this.#stream = null;
    await stream?.close();
  }

  /** The next frame that the index lists, or `null` at the end of the window. */
  async #take(signal: AbortSignal): Promise<ReadFrame | null> {
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null) return pending;
    for (;;) {
      const frame = await this.#stream?.next();
      signal.throwIfAborted();
      if (!frame) return null;
      const at = this.#place(frame);
      if (at !== null && at >= this.#next) return { at, data: frame.data };
    }
  }

  /** A frame without a stamp follows the one before it. */
  #place({ stamp: { ticks } }: RawFrame): number | null {
    if (ticks === null) return this.#next < this.#index.length ? this.#next : null;
    const { num, den } = this.#video.timeBase;
    return nearestFrame(this.#index, (ticks * num) / den + this.#offsetSeconds);
  }

  /** Seconds of ffmpeg's clock to seek to, best first; `null` reads from the start of the file. */
  #seekTargets(from: number): (number | null)[] {
    const keys: number[] = [];
    for (let at = from; at > 0 && keys.length < 4; at--) {
      const packet = this.#index[at];
      if (packet?.isKey) keys.push(packet.timestampSeconds - this.#offsetSeconds);
    }
    const nearest = indexedDemuxers.test(this.#video.demuxer) ? 0 : 1;
    const targets = [keys[nearest], keys[nearest + 2]].filter((each) => each !== undefined);
    return [...targets, null];
  }

  #args(path: string, from: number, seekTo: number | null): string[] {
    const tick = (at: number) =>
      startTick(this.#index, at, this.#offsetSeconds, this.#video.timeBase);
    const cuts: string[] = [];
    if (from > 0) cuts.push(`start_pts=${tick(from)}`);
    if (this.#windowEnd < this.#index.length) cuts.push(`end_pts=${tick(this.#windowEnd)}`);
    const trim = cuts.length > 0 ? [`trim=${cuts.join(':')}`] : [];
    const filters = [...trim, i420Filters(this.#video), 'showinfo=checksum=0'].join(',');
    const seek = seekTo === null ? [] : ['-seek_timestamp', '1', '-ss', seekTo.toFixed(6)];
    return [
      ...[...seek, '-noaccurate_seek', '-noautorotate', '-copyts', '-i', path],
      ...['-map', `0:${this.#video.streamIndex}`, '-vf', filters, '-fps_mode', 'passthrough'],
      ...['-max_error_rate', '1', '-f', 'rawvideo', '-flush_packets', '1', outletPath],
    ];
  }
}
