import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiOptions, createApi } from './api.ts';
import { createApp } from './app.ts';
import { limitConnections } from './security/limits.ts';
import { Links } from './security/links.ts';

export interface RunningApp extends AsyncDisposable {
  readonly server: Server;
  readonly port: number;
  readonly origin: string;
}

interface TestOptions extends Partial<ApiOptions> {
  readonly webFolder?: string;
  readonly hosts?: readonly string[];
}

/** The real app on a port of its own. */
export async function runApp({
  webFolder = '/nowhere',
  hosts = [],
  ...options
}: TestOptions = {}): Promise<RunningApp> {
  const api = createApi({
    version: '1.2.3',
    origins: [],
    requestsPerMinute: 1_000_000,
    keys: { token: null, links: new Links('key', 60, Date.now) },
    ...options,
  });
  const app = createApp({ webFolder, hosts, api });
  const server = app.listen(0, '127.0.0.1');
  limitConnections(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
