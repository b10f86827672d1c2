import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import packageFacts from '../package.json' with { type: 'json' };
import { createApi } from './api.ts';
import { createApp } from './app.ts';
import type { ServerConfig } from './config/read-config.ts';
import { adoptSegments } from './engine/adopt-segments.ts';
import { listenError } from './errors/listen-error.ts';
import { Housekeeper } from './housekeeping/keep-house.ts';
import { keepHouseNightly } from './housekeeping/nightly.ts';
import type { Logger } from './log/logger.ts';
import { createLimitedServer } from './security/limits.ts';
import { keptSecret } from './security/secrets.ts';
import { openServices } from './services.ts';
import { nvidiaGpus } from './system/gpu.ts';
import { workerPrograms } from './workers/programs.ts';
import { Supervisor } from './workers/supervisor.ts';

export interface RunningServer {
  readonly url: string;
  /** An access token that was made at this start, to be told once. */
  readonly newToken: string | null;
  /** Lets running segments become whole, for a while; all else ends at once. */
  stop(): Promise<void>;
}

/** For a running segment; what is not whole by then is made again after the next start. */
const segmentMs = 10_000;
const graceMs = 3_600_000;

async function tokenOf({ token, dataFolder }: ServerConfig) {
  return token === 'generate'
    ? await keptSecret(dataFolder, 'token')
    : { value: token, isNew: false };
}

/**
 * The whole server: page, API, workers and housekeeping.
 * @throws ClearReelError where the data folder or the address cannot be used; what `listen` throws where a port is taken.
 */
export async function startServer(config: ServerConfig, logger: Logger): Promise<RunningServer> {
  const { host, port, providers } = config;
  const startedAtMs = Date.now();
  const services = await openServices(config);
  const { repository, board, newest, files } = services;
  const token = await tokenOf(config);
  let supervisor: Supervisor | null = null;
  let isStopping = false;

  const api = createApi({
    version: packageFacts.version,
    origins: config.origins,
    requestsPerMinute: config.requestsPerMinute,
    token: token.value,
    services,
    startedAtMs,
    providers,
    limits: {
      uploadBytes: config.uploadLimitBytes,
      linkMinutes: config.linkMinutes,
      retentionDays: config.retentionDays,
    },
    workers: () => [...(supervisor?.workers ?? [])],
    isStopping: () => isStopping,
  });
  const app = createApp({
    webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    hosts: [host, ...config.hosts],
    servers: config.servers,
    trustedProxies: config.trustedProxies,
    logger,
    api,
  });
  const server = createLimitedServer(app).listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    await services[Symbol.asyncDispose]();
    throw listenError(error);
  }

  const programs = workerPrograms({
    providers,
    workers: config.workers,
    gpus: (await nvidiaGpus()).length,
  });
  supervisor = new Supervisor({
    repository,
    board,
    newest,
    files,
    adoptSegments,
    log: logger,
    programs,
  });
  const housekeeper = new Housekeeper({
    repository,
    files,
    log: logger,
    nowMs: Date.now,
    retentionDays: config.retentionDays,
    leftoverDays: config.leftoverDays,
    graceMs,
  });
  const endHousekeeping = keepHouseNightly(async () => {
    await housekeeper.run();
    await services.pictures.sweep();
  }, logger);

  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    newToken: token.isNew ? token.value : null,
    async stop() {
      isStopping = true;
      const closed = once(server, 'close');
      server.close();
      endHousekeeping();
      await supervisor?.stop(segmentMs);
      server.closeAllConnections();
      await closed;
      await services[Symbol.asyncDispose]();
    },
  };
}
