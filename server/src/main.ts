import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import closeWithGrace from 'close-with-grace';
import { readConfig } from './config/read-config.ts';
import { createLogger } from './log/logger.ts';
import { startServer } from './serve.ts';

const stopMs = 15_000;

/** What is wrong with the settings or the machine is for whoever starts the server, and needs no stack. */
function exitWith(error: unknown): never {
  if (error instanceof ClearReelError) {
    console.error(`${error.code}: ${error.message} ${error.todo}`);
  } else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    console.error('PORT_TAKEN: the port is in use; choose another with PORT=…');
  } else {
    throw error;
  }
  process.exit(1);
}

async function start() {
  const config = readConfig(process.env);
  const server = await startServer(config, createLogger(config.logLevel));
  // Before the address is told: whoever knows it may end the server.
  closeWithGrace({ delay: stopMs }, () => server.stop());
  if (server.newToken) {
    console.log(`The access token is ${server.newToken} (kept in ${config.dataFolder})`);
  }
  console.log(`ClearReel is at ${server.url}`);
}

await start().catch(exitWith);
