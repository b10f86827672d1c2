import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { ErrorCode } from '@clearreel/shared/errors/codes';
import { because } from '@clearreel/shared/notices/reasons';
import type { FFmpeg } from '@ffmpeg/ffmpeg';
import { loadFfmpeg } from './ffmpeg-load.ts';
import { tellingLine } from './ffmpeg-log.ts';
import { SerialQueue } from './serial-queue.ts';
import { watchStall } from './stall-watch.ts';
import type { WorkerNote } from './worker-note.ts';

export interface NamedBlob {
  readonly blob: Blob;
  /** Its extension helps ffmpeg to know the format; the rest is not used. */
  readonly name: string;
}

/** What a piece of work reads, and how its failure is told. */
export interface WorkOptions {
  /** As a user knows it: `reading the file`, `decoding`. */
  readonly stage: string;
  /** Code of a failure that ffmpeg itself reports; ffmpeg's words become `{reason}`. */
  readonly code: ErrorCode;
  readonly inputs: readonly NamedBlob[];
  readonly signal: AbortSignal;
}

export interface RuntimeOptions {
  /** Seconds without a sign of life after which a call ends with `STAGE_STALLED`. */
  readonly stallSeconds?: number;
  /** Pieces of work after which the core is replaced: memory that wasm has grown never shrinks. */
  readonly worksBeforeRestart?: number;
}

/** One ffmpeg core, entered: valid until `leave`. */
export interface Entered {
  readonly ffmpeg: FFmpeg;
  /** Paths of the mounted inputs, in their order. */
  readonly inputs: readonly string[];
  /**
   * Runs ffmpeg or ffprobe to its end. Rejects with the work's code and ffmpeg's reason, with
   * `WORKER_CRASHED`, with `STAGE_STALLED`, or with the signal's reason.
   */
  call(tool: 'ffmpeg' | 'ffprobe', args: readonly string[], watch?: CallWatch): Promise<void>;
}

export interface CallWatch {
  onNote?(note: WorkerNote): void;
  /** Whether it is somebody else's turn, so that silence is no stall. */
  isWaiting?(): boolean;
}

const crashesAllowed = 3;
/** A core that nobody uses this long gives its memory back. */
const idleMs = 20_000;

/**
 * A lazily loaded ffmpeg core in a worker of its own. One piece of work runs at a time, the others queue;
 * a core that crashed, stalled or was aborted is thrown away and the next piece of work gets a fresh one.
 */
export class FfmpegRuntime {
  readonly #queue = new SerialQueue();
  readonly #stallSeconds: number;
  readonly #worksBeforeRestart: number;
  #core: Promise<FFmpeg> | null = null;
  #works = 0;
  #crashes = 0;
  #disposed = false;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor({ stallSeconds = 60, worksBeforeRestart = 40 }: RuntimeOptions = {}) {
    this.#stallSeconds = stallSeconds;
    this.#worksBeforeRestart = worksBeforeRestart;
  }

  /**
   * Runs `work` alone on the core with its inputs mounted read-only (nothing is copied). After a crash it
   * runs once more on a fresh core, so it must be repeatable; give `repeatable: false` where it is not.
   */
  async run<T>(
    options: WorkOptions & { readonly repeatable?: boolean },
    work: (entered: Entered) => Promise<T>,
  ): Promise<T> {
    const leave = await this.#queue.enter();
    clearTimeout(this.#idle);
    try {
      for (;;) {
        try {
          const result = await this.#once(options, work);
          this.#crashes = 0;
          return result;
        } catch (error) {
          const crashed = error instanceof ClearReelError && error.code === 'WORKER_CRASHED';
          if (!crashed || options.repeatable === false || ++this.#crashes >= crashesAllowed) {
            throw error;
          }
        }
      }
    } finally {
      this.#idle = setTimeout(() => this.#discard(), idleMs);
      leave();
    }
  }

  /** Frees the core and ends what runs on it; later work loads another. */
  release(): void {
    this.#discard();
  }

  /** Ends what runs and frees the core for good. Work that is still queued rejects. */
  dispose(): void {
    this.#disposed = true;
    this.#discard();
  }

  async #once<T>(options: WorkOptions, work: (entered: Entered) => Promise<T>): Promise<T> {
    options.signal.throwIfAborted();
    if (this.#disposed) throw new ClearReelError('CANCELLED');
    if (this.#works >= this.#worksBeforeRestart) this.#discard();
    this.#works += 1;
    const ffmpeg = await this.#load();
    const inputs: string[] = [];
    try {
      for (const [at, { blob, name }] of options.inputs.entries()) {
        const extension = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0].toLowerCase() ?? '';
        const file = `source${extension}`;
        await ffmpeg.createDir(`/in/${at}`);
        const mountPoint = `/in/${at}`;
        await ffmpeg.mount(
          'WORKERFS' as never,
          { blobs: [{ name: file, data: blob }] },
          mountPoint,
        );
        inputs.push(`${mountPoint}/${file}`);
      }
      return await work({
        ffmpeg,
        inputs,
        call: (tool, args, watch) => this.#call(ffmpeg, options, tool, args, watch),
      });
    } finally {
      if (ffmpeg.loaded) await this.#tidy(ffmpeg, inputs.length);
    }
  }

  async #call(
    ffmpeg: FFmpeg,
    { stage, code, signal }: WorkOptions,
    tool: 'ffmpeg' | 'ffprobe',
    args: readonly string[],
    watch: CallWatch = {},
  ): Promise<void> {
    signal.throwIfAborted();
    const complaints: string[] = [];
    let stalled = false;
    const stall = watchStall(
      this.#stallSeconds,
      () => {
        stalled = true;
        this.#discard();
      },
      watch.isWaiting,
    );
    const onNote = (event: unknown) => {
      const note = event as WorkerNote;
      stall.beat();
      if (note.type === 'complaint') {
        complaints.push(note.message);
        if (complaints.length > 40) complaints.shift();
      }
      watch.onNote?.(note);
    };
    const onAbort = () => this.#discard();
    ffmpeg.on('log', onNote);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const run = tool === 'ffmpeg' ? ffmpeg.exec([...args]) : ffmpeg.ffprobe([...args]);
      const exitCode = await run;
      // ffprobe always ends with -1 here; who calls it checks what it wrote.
      if (tool === 'ffprobe' || exitCode === 0) return;
      if (exitCode === -1) throw new Error(tellingLine(complaints) ?? 'ffmpeg aborted');
      const reason = tellingLine(complaints) ?? `ffmpeg ended with ${exitCode}`;
      throw asClearReelError(new Error(reason), code, { stage });
    } catch (error) {
      signal.throwIfAborted();
      if (stalled)
        throw new ClearReelError('STAGE_STALLED', { stage, seconds: this.#stallSeconds });
      if (this.#disposed) throw new ClearReelError('CANCELLED');
      if (error instanceof ClearReelError) throw error;
      this.#discard();
      const reason = typeof error === 'string' ? error : (error as Error).message;
      throw new ClearReelError('WORKER_CRASHED', {
        stage,
        reason: because('FFMPEG_CRASHED', { reason }),
      });
    } finally {
      stall.stop();
      ffmpeg.off('log', onNote);
      signal.removeEventListener('abort', onAbort);
    }
  }

  async #load(): Promise<FFmpeg> {
    this.#core ??= loadFfmpeg();
    const loading = this.#core;
    try {
      return await loading;
    } catch (error) {
      if (this.#core === loading) this.#core = null;
      const reason = typeof error === 'string' ? error : (error as Error).message;
      throw new ClearReelError('WORKER_CRASHED', {
        reason: because('FFMPEG_NOT_LOADED', { reason }),
      });
    }
  }

  /** Leaves no mount and no output behind; a core that cannot be tidied is not used again. */
  async #tidy(ffmpeg: FFmpeg, mounts: number): Promise<void> {
    try {
      for (let at = 0; at < mounts; at++) {
        await ffmpeg.unmount(`/in/${at}`);
        await ffmpeg.deleteDir(`/in/${at}`);
      }
      for (const { name, isDir } of await ffmpeg.listDir('/out')) {
        if (!isDir) await ffmpeg.deleteFile(`/out/${name}`);
      }
    } catch {
      this.#discard();
    }
  }

  #discard(): void {
    clearTimeout(this.#idle);
    const core = this.#core;
    this.#core = null;
    this.#works = 0;
    core?.then(
      (ffmpeg) => ffmpeg.terminate(),
      () => {},
    );
  }
}
