import { fileURLToPath } from 'node:url';

interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly webFolder: string;
}

const highestPort = 65_535;

/** @throws {Error} `config_invalid` when `PORT` is not a port number */
export function readConfig(environment: NodeJS.ProcessEnv): ServerConfig {
  const port = Number(environment.PORT || 4173);
  if (!Number.isInteger(port) || port < 0 || port > highestPort) {
    throw new Error(
      `config_invalid: PORT must be a whole number from 0 to ${highestPort}, not '${environment.PORT}'`,
    );
  }
  return {
    // Loopback: what one person processes is nobody else's to reach.
    host: environment.HOST || '127.0.0.1',
    port,
    webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
  };
}
