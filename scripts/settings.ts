import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withSettingsTable } from './settings/table.ts';
import { repositoryRoot } from './toolchain/install.mjs';

const path = join(repositoryRoot, 'README.md');
await writeFile(path, withSettingsTable(await readFile(path, 'utf8')));
