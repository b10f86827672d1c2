import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { JobFiles } from '../jobs/job-files.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import { onSmallDisk } from '../storage/small-disk.testing.ts';

const program = fileURLToPath(new URL('./scripted-server.testing.ts', import.meta.url));

interface Answer {
  readonly call: number;
  readonly value?: unknown;
  readonly report?: Parameters<typeof ClearReelError.fromReport>[0];
}

interface Options {
  readonly folder: string;
  readonly workers?: number;
  /** Puts the folder on a disk of its own, of this size; only where `canMount`. */
  readonly diskBytes?: number;
}

/** A server in a process of its own that can be killed and frozen. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #folder: string;
  readonly #isOnOwnDisk: boolean;
  #calls = 0;

  private constructor(child: ChildProcess, { folder, diskBytes }: Options) {
    this.#child = child;
    this.#folder = folder;
    this.#isOnOwnDisk = diskBytes !== undefined;
    child.on('message', (answer: Answer) => this.#waiting.get(answer.call)?.(answer));
  }

  static async start(options: Options): Promise<ServerProcess> {
    const { folder, workers = 1, diskBytes } = options;
    const command = [process.execPath, program, folder, String(workers)];
    const [file = '', ...args] =
      diskBytes === undefined ? command : onSmallDisk(folder, diskBytes, command);
    const child = spawn(file, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'json',
    });
    const died = once(child, 'exit').then(() =>
      Promise.reject(new Error('the server did not start')),
    );
    await Promise.race([once(child, 'message'), died]);
    died.catch(() => {});
    return new ServerProcess(child, options);
  }

  /** Its store, over the channel; what takes a function is not to be had. */
  get repository(): JobRepository {
    return new Proxy({} as JobRepository, {
      get:
        (_, method) =>
        (...args: unknown[]) =>
          this.call(String(method), ...args),
    });
  }

  /** Its files, as this process sees them. */
  get files(): JobFiles {
    const root = this.#isOnOwnDisk ? `/proc/${this.#child.pid}/root` : '';
    return new JobFiles(`${root}${this.#folder}`);
  }

  async call(method: string, ...args: unknown[]): Promise<unknown> {
    const call = ++this.#calls;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(call, resolve);
      this.#child.send({ call, method, args });
    });
    this.#waiting.delete(call);
    if (answer.report) throw ClearReelError.fromReport(answer.report);
    return answer.value ?? null;
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }
}
