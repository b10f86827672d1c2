import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isOwn } from './strangers.ts';

const mainScript = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

/** Stays the same when the server is started again. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** The server as `npm start` runs it, in a process and a data folder of its own; it can be killed and started again. */
export class ServerProcess {
  readonly url: string;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  #process: ChildProcess | null = null;

  private constructor(port: number, folder: string, environment: NodeJS.ProcessEnv) {
    this.url = `http://127.0.0.1:${port}/`;
    this.#folder = folder;
    this.#environment = environment;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'clearreel-server-'));
    const port = await freePort();
    const own = { PORT: String(port), HOST: '127.0.0.1', CLEARREEL_DATA: folder };
    const defaults = { CLEARREEL_PROVIDERS: 'cpu', CLEARREEL_LOG_LEVEL: 'warn' };
    const server = new ServerProcess(port, folder, {
      ...process.env,
      ...defaults,
      ...settings,
      ...own,
    });
    await server.start();
    isOwn(server.url);
    return server;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [mainScript], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes(this.url.slice(0, -1))) return;
    }
    throw new Error('the server ended before it was ready');
  }

  /** As if its machine had lost power. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** What the server itself says, past the page. */
  async ask<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(new URL(`api/v1/${path}`, this.url), { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
