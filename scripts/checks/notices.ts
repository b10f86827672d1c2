import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noticesDocument, noticesFile } from '../notices/document.ts';
import type { Check } from './check.ts';

export const notices: Check = {
  name: 'third-party notices',
  async run(root) {
    const path = join(root, noticesFile);
    const written = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (written === (await noticesDocument(root))) return '';
    return `${noticesFile} does not tell what the lockfile and the models hold now: run \`npm run notices\``;
  },
};
