import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiBase } from '@clearreel/shared/api/operation';
import { type ApiOptions, createApi } from './api.ts';
import { createApp } from './app.ts';
import type { Logger } from './log/logger.ts';
import { type ConnectionLimits, createLimitedServer } from './security/limits.ts';
import { openServices, type ServiceOptions, type Services } from './services.ts';

interface TestOptions extends Partial<Omit<ApiOptions, 'services'>>, Partial<ServiceOptions> {
  readonly webFolder?: string;
  readonly hosts?: readonly string[];
  readonly connections?: ConnectionLimits;
  readonly logger?: Logger;
}

export interface RunningApp extends AsyncDisposable {
  readonly port: number;
  readonly origin: string;
  /** Address of the API. */
  readonly api: string;
  readonly services: Services;
}

/** The real app with a store and files of its own, on a port of its own. */
export async function runApp(options: TestOptions = {}): Promise<RunningApp> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'clearreel-app-'));
  const services = await openServices({
    dataFolder,
    uploadLimitBytes: 1e9,
    uploadHours: 1,
    keptFreeBytes: 0,
    linkMinutes: 60,
    ...options,
  });
  const api = createApi({
    version: '1.2.3',
    origins: [],
    requestsPerMinute: 1_000_000,
    token: null,
    startedAtMs: 0,
    providers: ['cpu'],
    limits: { uploadBytes: 1e9, linkMinutes: 60, retentionDays: 30 },
    workers: () => [],
    isStopping: () => false,
    ...options,
    services,
  });
  const { webFolder = '/nowhere', hosts = [], connections, logger } = options;
  const app = createApp({ webFolder, hosts, api, ...(logger && { logger }) });
  const server = createLimitedServer(app, connections).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    origin,
    api: `${origin}${apiBase}`,
    services,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await services[Symbol.asyncDispose]();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
