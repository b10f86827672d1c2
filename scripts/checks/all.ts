import type { Check } from './check.ts';
import { firstScreen } from './first-screen.ts';
import { moduleSize } from './module-size.ts';
import { notices } from './notices.ts';
import { settingsTable } from './settings-table.ts';
import { toolCheck } from './tool.ts';
import { types } from './types.ts';

const cruised = ['web/src', 'server/src', 'shared/src', 'models', 'e2e', 'scripts'];

export const checks: readonly Check[] = [
  types,
  toolCheck('lint and format', '@biomejs/biome/bin/biome', [
    'ci',
    '--colors=off',
    '--error-on-warnings',
    '--max-diagnostics=50',
  ]),
  toolCheck('import cycles and direction', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err-long',
    ...cruised,
  ]),
  toolCheck('dead code', 'knip/bin/knip.js', ['--no-progress', '--no-config-hints']),
  moduleSize,
  firstScreen,
  notices,
  settingsTable,
];
