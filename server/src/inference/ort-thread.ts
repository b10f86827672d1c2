import { Worker } from 'node:worker_threads';
import type { ThreadReply, ThreadRequest } from './thread-messages.ts';

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

/**
 * onnxruntime in a thread of its own, because its binding computes synchronously: on the main thread nothing would be
 * decoded, encoded or answered meanwhile.
 */
export class OrtThread {
  readonly #worker = new Worker(new URL('./inference-thread.ts', import.meta.url));
  readonly #waiting: Waiting[] = [];
  #end: string | null = null;
  /** Resolves with the reason when the thread ends without being asked to. */
  readonly lost: Promise<string>;

  constructor() {
    this.lost = new Promise((resolve) => {
      const end = (reason: string) => {
        if (this.#end === null) resolve(reason);
        this.#stop(reason);
      };
      this.#worker.on('error', (error) => end(error.message));
      this.#worker.on('exit', (code) => end(`its thread ended with ${code}`));
    });
    this.#worker.on('message', ({ error }: ThreadReply) => {
      const waiting = this.#waiting.shift();
      if (error === null) waiting?.resolve();
      else waiting?.reject(new Error(error));
    });
    // An idle thread is no reason to keep the process alive.
    this.#worker.unref();
  }

  async ask(request: ThreadRequest): Promise<void> {
    if (this.#end !== null) throw new Error(this.#end);
    const answered = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
    this.#worker.ref();
    try {
      this.#worker.postMessage(request);
      await answered;
    } finally {
      if (this.#waiting.length === 0) this.#worker.unref();
    }
  }

  async dispose(): Promise<void> {
    this.#stop('it was disposed of');
    await this.#worker.terminate();
  }

  #stop(reason: string): void {
    this.#end ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
  }
}
