import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSettingsTable } from '../settings/table.ts';
import type { Check } from './check.ts';

export const settingsTable: Check = {
  name: 'settings table',
  async run(root) {
    const page = readFileSync(join(root, 'README.md'), 'utf8');
    return page === withSettingsTable(page)
      ? ''
      : 'the settings in README.md are not those of the server: run `npm run settings`';
  },
};
