import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { isOwn } from '../../driver/strangers.ts';

async function* halfThenRest(given: IncomingMessage, released: Promise<void>) {
  const halfBytes = Math.floor(Number(given.headers['content-length']) / 2);
  let sentBytes = 0;
  for await (const chunk of given as AsyncIterable<Buffer>) {
    const leftBytes = Math.max(0, halfBytes - sentBytes);
    sentBytes += chunk.length;
    yield chunk.subarray(0, leftBytes);
    if (chunk.length <= leftBytes) continue;
    await released;
    yield chunk.subarray(leftBytes);
  }
}

/** A line to a server on which files of one kind stop halfway until they are let go. */
export class HeldLine {
  readonly url: string;
  readonly #server: Server;
  /** Lets everything through that stopped or would. */
  readonly release: () => void;

  private constructor(server: Server, port: number, release: () => void) {
    this.#server = server;
    this.release = release;
    this.url = `http://127.0.0.1:${port}/`;
    isOwn(this.url);
  }

  /** @param held whether the file at a path is one of those that stop */
  static async to(target: string, held: (path: string) => boolean): Promise<HeldLine> {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const server = createServer((asked, answer) => {
      const { method, url: path = '/' } = asked;
      const passed = request(new URL(path, target), { method }, (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        const body = held(path) ? halfThenRest(given, released) : given;
        // A page that goes away breaks its connections, and no one is left to tell.
        pipeline(body, answer).catch(() => answer.destroy());
      });
      passed.once('error', () => answer.destroy());
      passed.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new HeldLine(server, (server.address() as AddressInfo).port, release);
  }

  async close(): Promise<void> {
    this.release();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
