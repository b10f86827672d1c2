// Runs on whatever Node starts it (20 or newer): no TypeScript, no packages.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { projectNode } from './install.mjs';

const orphanCheckMs = 500;

/**
 * npm hands a signal to the shell between it and the script, and the shell dies without passing it
 * on: `npm start` would be gone and its server would still hold the port.
 *
 * @param {() => void} stop
 */
function whenNpmIsGone(stop) {
  const shell = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => process.ppid !== shell && stop(), orphanCheckMs).unref();
}

/**
 * Runs a script under the project's Node and settles with its exit status. Signals are passed on, so
 * that stopping `npm start` stops the server behind it.
 *
 * @param {string[]} args the script and its arguments
 * @param {import('node:child_process').StdioOptions} stdio
 * @returns {Promise<number>}
 */
export function runUnderProjectNode(args, stdio = 'inherit') {
  return new Promise((resolve, reject) => {
    const child = spawn(projectNode, args, { stdio });
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, passOn);
    whenNpmIsGone(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      for (const name of signals) process.off(name, passOn);
      resolve(status ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
