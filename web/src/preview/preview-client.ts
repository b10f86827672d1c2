import type { ErrorCode } from '@clearreel/shared/errors/codes';
import { defaultStallSeconds } from '@clearreel/shared/pipeline/stall';
import { proxy } from 'comlink';
import { reportOf } from '../app/report.ts';
import { EngineClient, type EngineClientOptions } from '../engine/engine-client.ts';
import type { HostOptions } from '../jobs/job-record.ts';
import type {
  EnhancedPreview,
  OpenedPreview,
  PreviewFrame,
  PreviewParts,
  PreviewRequest,
} from './preview-api.ts';

/** After these the worker is not trusted any more: its memory, or the GPU, may be gone for good. */
const fatal: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'WORKER_CRASHED',
  'STAGE_STALLED',
  'DEVICE_LOST',
  'INFERENCE_FAILED',
  'INTERNAL',
]);

/** The worker in which previews are made. It starts with the first call, and again with the first after its end. */
export class PreviewClient {
  #engine: EngineClient | null = null;
  #opened: { readonly file: File; readonly host: HostOptions } | null = null;
  readonly #options: EngineClientOptions & { silenceSeconds: number } = {
    name: 'preview',
    stage: () => 'enhance',
    silenceSeconds: defaultStallSeconds,
  };

  async warmUp(model: string, host: HostOptions): Promise<void> {
    await this.#call((engine) => engine.warmUpPreview(model, host));
  }

  async open(file: File, host: HostOptions): Promise<OpenedPreview> {
    this.#options.silenceSeconds = host.stallSeconds ?? defaultStallSeconds;
    this.#opened = null;
    const opened = await this.#call((engine) => engine.openPreview(file, host));
    this.#opened = { file, host };
    return opened;
  }

  /** Whether frames can be asked for without opening the file again. */
  has(file: File, host: HostOptions): boolean {
    return (
      this.#opened?.file === file && JSON.stringify(this.#opened.host) === JSON.stringify(host)
    );
  }

  poster(): Promise<PreviewFrame> {
    return this.#call((engine) => engine.previewPoster());
  }

  thumbnail(): Promise<Blob | null> {
    return this.#call((engine) => engine.previewThumbnail());
  }

  frame(seconds: number): Promise<PreviewFrame> {
    return this.#call((engine) => engine.previewFrame(seconds));
  }

  enhance(
    request: PreviewRequest,
    onParts: (parts: PreviewParts) => void,
  ): Promise<EnhancedPreview> {
    return this.#call((engine) => engine.enhancePreview(request, proxy(onParts)));
  }

  /** Closes the file; what is loaded stays loaded. */
  async close(): Promise<void> {
    if (!this.#opened) return;
    this.#opened = null;
    await this.#call((engine) => engine.closePreview());
  }

  /** Ends the worker, which alone gives its memory back. */
  stop(): void {
    this.#engine?.stop();
    this.#engine = null;
    this.#opened = null;
  }

  async #call<T>(work: Parameters<typeof EngineClient.prototype.call<T>>[0]): Promise<T> {
    this.#engine ??= new EngineClient(this.#options);
    const engine = this.#engine;
    try {
      return await engine.call(work);
    } catch (error) {
      if (engine === this.#engine && fatal.has(reportOf(error).code)) this.stop();
      throw error;
    }
  }
}
