import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isOwn } from './strangers.ts';

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

export interface ServerOptions {
  /** Settings as an operator gives them, but for port and data folder. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real server in a process of its own, with a data folder of its own that outlives the process. */
export class ServerProcess implements AsyncDisposable {
  readonly dataFolder: string;
  #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  #port = 0;

  private constructor(dataFolder: string, environment: Readonly<Record<string, string>>) {
    this.dataFolder = dataFolder;
    this.#environment = environment;
  }

  static async start({ environment = {} }: ServerOptions = {}): Promise<ServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'clearreel-data-'));
    const server = new ServerProcess(folder, environment);
    await server.start();
    return server;
  }

  /** With a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error('the server does not run');
    return this.#child.pid;
  }

  /** Again after `kill`, at the same address and with the same data. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
      env: {
        ...process.env,
        CLEARREEL_LOG_LEVEL: 'error',
        ...this.#environment,
        HOST: '127.0.0.1',
        PORT: String(this.#port),
        CLEARREEL_DATA: this.dataFolder,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /ClearReel is at http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (!port) continue;
      this.#port = Number(port);
      isOwn(this.url);
      child.stdout.resume();
      return;
    }
    throw new Error(`the server ended with ${child.exitCode}`);
  }

  /** Starts it anew with other settings, at the same address and with the same data. */
  async restartWith(environment: Readonly<Record<string, string>>): Promise<void> {
    await this.kill('SIGTERM');
    this.#environment = { ...this.#environment, ...environment };
    await this.start();
  }

  /** Resolves when it has ended. `SIGKILL` leaves it no time for anything. */
  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** Its files go too. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill('SIGKILL');
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}
