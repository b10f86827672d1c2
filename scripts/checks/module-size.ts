import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';

const maxLines = 500;
const sources = '**/*.{ts,tsx,mts,mjs,js,css,wgsl,py,html}';
const notSources = ['**/node_modules', '**/dist', '**/.cache', '**/test-results', '.git'];

export const moduleSize: Check = {
  name: 'module size',
  async run(root) {
    return globSync(sources, { cwd: root, exclude: notSources })
      .map((path) => ({
        path,
        lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1,
      }))
      .filter(({ lines }) => lines > maxLines)
      .map(({ path, lines }) => `${path} has ${lines} lines; a module has at most ${maxLines}`)
      .join('\n');
  },
};
