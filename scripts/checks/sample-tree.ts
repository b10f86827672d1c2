import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../toolchain/install.mjs';

const workspaces = ['web', 'server', 'shared', 'models', 'e2e'];
const configuration = [
  '.gitignore',
  '.dependency-cruiser.mjs',
  'biome.json',
  'knip.json',
  'tsconfig.base.json',
  'pnpm-workspace.yaml',
  'scripts/tsconfig.json',
  'shared/tsconfig.test.json',
  ...workspaces.map((name) => `${name}/tsconfig.json`),
];

const manifest = (name: string, more: object = {}) =>
  `${JSON.stringify({ name, private: true, type: 'module', ...more }, null, 2)}\n`;
const usesShared = { dependencies: { '@clearreel/shared': 'workspace:*' } };

/** The smallest tree that passes every check under this repository's own configuration. */
const cleanFiles: Record<string, string> = {
  'package.json': manifest('clearreel'),
  'web/package.json': manifest('@clearreel/web', usesShared),
  'server/package.json': manifest('@clearreel/server'),
  'shared/package.json': manifest('@clearreel/shared', { exports: { './*': './src/*.ts' } }),
  'models/package.json': manifest('@clearreel/models'),
  'e2e/package.json': manifest('@clearreel/e2e'),
  'shared/src/halo.ts': 'export const haloPixels = 16;\n',
  'shared/src/halo.test.ts': "import { haloPixels } from './halo.ts';\n\nvoid haloPixels;\n",
  'web/src/main.tsx': "import { haloPixels } from '@clearreel/shared/halo';\n\nvoid haloPixels;\n",
  'server/src/main.ts': 'void 0;\n',
  'models/weights.test.ts': 'void 0;\n',
  'e2e/drive.ts': 'void 0;\n',
  'scripts/start.ts': 'void 0;\n',
  'vite.config.ts': 'export default {};\n',
};

interface SampleTree extends Disposable {
  readonly root: string;
}

/** A tree in a temporary folder: the clean files, and on top of them the given ones. */
export function sampleTree(files: Record<string, string> = {}): SampleTree {
  const root = mkdtempSync(join(tmpdir(), 'clearreel-checks-'));
  for (const path of configuration) cpSync(join(repositoryRoot, path), join(root, path));
  for (const [path, content] of Object.entries({ ...cleanFiles, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
  for (const name of workspaces) {
    const links = join(repositoryRoot, name, 'node_modules');
    // Relative links, so that `@clearreel/shared` leads to the sample's own shared folder.
    if (existsSync(links)) {
      cpSync(links, join(root, name, 'node_modules'), { recursive: true, verbatimSymlinks: true });
    }
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}
