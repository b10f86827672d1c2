import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from './install.mjs';

const bootstrap = join(repositoryRoot, 'scripts/bootstrap.mjs');

test('1.2.1 a script runs under Node 24, alone on stdout, and its exit status is passed on', () => {
  const script = 'process.stdout.write(process.version); process.exit(7)';
  const { status, stdout } = spawnSync('node', [bootstrap, '-e', script], { encoding: 'utf8' });
  expect(stdout).toMatch(/^v24\.\d+\.\d+$/);
  expect(status).toBe(7);
});

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

test('2.4.1 a server ends when the shell that npm started it in is killed', async () => {
  const server = 'console.log(process.pid); setInterval(() => {}, 1000)';
  // The second command keeps the shell from becoming the first one.
  const shell = spawn('sh', ['-c', `node "${bootstrap}" -e "${server}"; true`], {
    env: { ...process.env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await once(shell.stdout, 'data');
  const serverId = Number(output);
  expect(isAlive(serverId)).toBe(true);
  shell.kill('SIGTERM');
  await expect.poll(() => isAlive(serverId)).toBe(false);
});
