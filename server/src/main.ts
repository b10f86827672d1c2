import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import closeWithGrace from 'close-with-grace';
import packageFacts from '../package.json' with { type: 'json' };
import { createApi } from './api.ts';
import { createApp } from './app.ts';
import { readConfig, type ServerConfig } from './config/read-config.ts';
import { createLogger } from './log/logger.ts';
import { createLimitedServer } from './security/limits.ts';
import { keptSecret } from './security/secrets.ts';
import { openServices } from './services.ts';

/** What is wrong with the settings or the folder is for whoever starts the server, and needs no stack. */
function exitWith(error: unknown): never {
  if (!(error instanceof ClearReelError)) throw error;
  console.error(`${error.code}: ${error.message} ${error.todo}`);
  process.exit(1);
}

function configOrExit(): ServerConfig {
  try {
    return readConfig(process.env);
  } catch (error) {
    return exitWith(error);
  }
}

async function tokenOf({ token, dataFolder }: ServerConfig): Promise<string | null> {
  if (token !== 'generate') return token;
  const { value, isNew } = await keptSecret(dataFolder, 'token');
  if (isNew) console.log(`The access token is ${value} (kept in ${dataFolder})`);
  return value;
}

const config = configOrExit();
const { host, port } = config;
const services = await openServices(config).catch(exitWith);

let isStopping = false;

const app = createApp({
  webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
  hosts: [host, ...config.hosts],
  servers: config.servers,
  trustedProxies: config.trustedProxies,
  logger: createLogger(config.logLevel),
  api: createApi({
    version: packageFacts.version,
    origins: config.origins,
    requestsPerMinute: config.requestsPerMinute,
    token: await tokenOf(config),
    services,
    startedAtMs: Date.now(),
    providers: config.providers,
    limits: {
      uploadBytes: config.uploadLimitBytes,
      linkMinutes: config.linkMinutes,
      retentionDays: config.retentionDays,
    },
    workers: () => [],
    isStopping: () => isStopping,
  }),
});
const server = createLimitedServer(app).listen(port, host);

server.on('listening', () => {
  const { port: boundPort } = server.address() as AddressInfo;
  console.log(`ClearReel is at http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`);
});
server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.error(`port_taken: ${host}:${port} is in use; choose another with PORT=…`);
  process.exit(1);
});

closeWithGrace({ delay: 5_000 }, async () => {
  isStopping = true;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await services[Symbol.asyncDispose]();
});
