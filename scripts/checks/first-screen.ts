import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import filePlugin from '@size-limit/file';
import sizeLimit from 'size-limit';
import { ensureBuilt } from '../build/app-build.ts';
import type { Check } from './check.ts';

const limitBytes = 150_000;

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Scripts that the built document names: the entry, and with `modulepreload` everything that it imports statically. */
function namedScripts(html: string): string[] {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => tag.startsWith('<script') || /\brel="modulepreload"/.test(tag))
    .flatMap((tag) => /\b(?:src|href)="\/([^"]+\.m?js)"/.exec(tag)?.[1] ?? []);
}

/**
 * @param folder absolute path of a built app
 * @returns what is wrong, and the figure
 */
export async function judgeFirstScreen(
  folder: string,
): Promise<{ readonly problem: string; readonly figure: string }> {
  const scripts = namedScripts(readFileSync(join(folder, 'index.html'), 'utf8'));
  if (scripts.length === 0) return { problem: 'index.html names no script', figure: '' };
  const files = scripts.map((script) => join(folder, script));
  const results = await sizeLimit([...filePlugin], { checks: [{ files, gzip: true }] });
  const [{ size: bytes }] = results as [{ size: number }];
  const figure = `JavaScript of the first screen: ${kilobytes(bytes)} gzip of at most ${kilobytes(limitBytes)}`;
  return { problem: bytes <= limitBytes ? '' : `${figure} (${scripts.join(', ')})`, figure };
}

export const firstScreen: Check = {
  name: 'first screen',
  async run(root) {
    await ensureBuilt();
    const { problem, figure } = await judgeFirstScreen(join(root, 'web/dist'));
    if (!problem) console.log(figure);
    return problem;
  },
};
