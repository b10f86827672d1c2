import { spawnSync } from 'node:child_process';

const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

function aptGet(...args: string[]): boolean {
  return spawnSync('apt-get', args, { env: quiet, stdio: ['ignore', 2, 2] }).status === 0;
}

/** Installs a Debian package where that can be done without asking anybody: as root, with apt. */
export function installDebianPackage(name: string): boolean {
  if (process.getuid?.() !== 0) return false;
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return false;
  console.error(`Installing the Debian package ${name} …`);
  aptGet('update', '--quiet');
  return aptGet('install', '--quiet', '--yes', '--no-install-recommends', name);
}
