// Runs on whatever Node starts it (20 or newer), before anything is installed: no TypeScript, no packages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

/** The Node 24 that the `node` package brings; everything in TypeScript runs under it. */
export const projectNode = join(
  repositoryRoot,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

export const pnpmRelease = 'pnpm@12.21.0';
const stampPath = join(repositoryRoot, 'node_modules/.clearreel-install');
const inputs = [
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  ...['.', 'web', 'server', 'shared', 'models', 'e2e'].map((folder) => `${folder}/package.json`),
];

function inputsHash() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const path of inputs) hash.update(path).update(readFileSync(join(repositoryRoot, path)));
  return hash.digest('hex');
}

/**
 * Installs the workspace from its lockfile unless this lockfile is installed already. Output goes to
 * stderr, since stdout belongs to the script that comes after.
 */
export function ensureInstalled() {
  const wanted = inputsHash();
  if (existsSync(projectNode) && existsSync(stampPath)) {
    if (readFileSync(stampPath, 'utf8') === wanted) return;
  }
  const install = ['--yes', pnpmRelease, 'install', '--frozen-lockfile'];
  const { status, error } = spawnSync('npx', install, {
    cwd: repositoryRoot,
    // Without a terminal pnpm refuses to replace a node_modules folder that another version laid out.
    env: { ...process.env, CI: 'true' },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0 || !existsSync(projectNode)) {
    console.error(
      `install_failed: 'npx ${install.join(' ')}' ended with status ${status}. It needs npm and the npm registry.`,
    );
    process.exit(status || 1);
  }
  writeFileSync(stampPath, wanted);
}
