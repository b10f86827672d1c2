import type { AddressInfo } from 'node:net';
import closeWithGrace from 'close-with-grace';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

const { host, port, webFolder } = readConfig(process.env);
const server = createApp({ webFolder }).listen(port, host);

server.on('listening', () => {
  const { port: boundPort } = server.address() as AddressInfo;
  console.log(`ClearReel is at http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`);
});
server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.error(`port_taken: ${host}:${port} is in use; choose another with PORT=…`);
  process.exit(1);
});

closeWithGrace({ delay: 5_000 }, () => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
});
