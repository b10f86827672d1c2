import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Measured } from './figures.ts';
import { benchSection, replaceSection } from './table.ts';

const path = fileURLToPath(new URL('../../README.md', import.meta.url));

/** Puts the figures in place of those in the README. */
export function writeReadme(measured: Measured): void {
  writeFileSync(path, replaceSection(readFileSync(path, 'utf8'), benchSection(measured)));
}
