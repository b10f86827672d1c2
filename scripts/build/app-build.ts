import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../toolchain/install.mjs';

/** Whatever can change the built app; tests and generated folders cannot. */
const inputPatterns = [
  'web/**/*',
  'shared/src/**/*',
  'models/**/*.{ts,json,onnx}',
  'vite.config.ts',
  'scripts/build/*.ts',
  'tsconfig.base.json',
  'pnpm-lock.yaml',
];
const notInputs = [
  '**/node_modules/**',
  '**/dist/**',
  '**/*.{test,test-kit,testing,suite,samples}.ts',
];

const distFolder = join(repositoryRoot, 'web/dist');
// Inside the output, which the build empties first: a build that fails half way leaves no stamp.
const stampPath = join(distFolder, '.build-inputs');

function inputsHash(): string {
  const hash = createHash('sha256');
  const entries = globSync(inputPatterns, {
    cwd: repositoryRoot,
    exclude: notInputs,
    withFileTypes: true,
  });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

/** Builds the app into `web/dist` unless the build there was made from the same files. */
export async function ensureBuilt(): Promise<void> {
  const wanted = inputsHash();
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === wanted) return;
  // Only now: loading Vite takes longer than finding out that nothing changed.
  const { build } = await import('vite');
  await build({ configFile: join(repositoryRoot, 'vite.config.ts') });
  writeFileSync(stampPath, wanted);
}
