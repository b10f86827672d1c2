import { type ChildProcess, fork } from 'node:child_process';
import { z } from 'zod';
import { type FromWorker, fromWorkerSchema, type ToWorker } from './messages.ts';

const endGraceMs = 5_000;

/**
 * V8 lets the space for young objects grow for minutes, though little of it is alive: without a bound a long job takes
 * half as much memory again (docs/decisions/0114).
 */
const youngHeap = '--max-semi-space-size=8';

/** How a process ended. */
export interface WorkerExit {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface WorkerProgram {
  /** The module that it runs, with its arguments. */
  readonly path: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** One worker process as its server sees it. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly exited: Promise<WorkerExit>;
  readonly #onOutput: (text: string) => void;
  #listener: (message: FromWorker) => void = () => {};
  #memoryBytes: number | null = null;
  #isAlive = true;

  constructor({ path, args, environment }: WorkerProgram, onOutput: (text: string) => void) {
    this.#child = fork(path, args, {
      env: environment,
      execArgv: [youngHeap],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', onOutput);
    this.exited = new Promise((resolve) => {
      const end = (status: number | null, signal: NodeJS.Signals | null) => {
        this.#isAlive = false;
        resolve({ status, signal });
      };
      this.#child.once('exit', end);
      this.#child.on('error', () => end(null, null));
    });
    this.#onOutput = onOutput;
    this.#child.on('message', (data) => this.#receive(data));
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hasSpoken(): boolean {
    return this.#memoryBytes !== null;
  }

  /** As it said last; `null` before. */
  get memoryBytes(): number | null {
    return this.#isAlive ? this.#memoryBytes : null;
  }

  /** Whoever runs an attempt hears what the process says meanwhile. */
  listen(listener: (message: FromWorker) => void): void {
    this.#listener = listener;
  }

  send(message: ToWorker): void {
    // One that is gone is heard of by `exited`.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  /** Lets it end by itself, which gives back what it holds of the GPU in good order. */
  async end(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), endGraceMs);
    await this.exited;
    clearTimeout(patience);
  }

  /** At once, even where it is frozen. */
  async kill(): Promise<void> {
    this.#isAlive = false;
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  #receive(data: unknown): void {
    const { data: message, error } = fromWorkerSchema.safeParse(data);
    if (!message) {
      this.#onOutput(`a message that is none: ${z.prettifyError(error)}`);
      // What no longer speaks the language cannot be trusted with a job.
      void this.kill();
      return;
    }
    if (message.kind === 'alive') this.#memoryBytes = message.memoryBytes;
    this.#listener(message);
  }
}
