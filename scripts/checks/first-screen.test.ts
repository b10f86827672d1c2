import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { judgeFirstScreen } from './first-screen.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A built app with scripts of about that many bytes after gzip. */
function builtApp(gzipBytes: Record<string, number>): string {
  const folder = mkdtempSync(join(tmpdir(), 'clearreel-first-screen-'));
  folders.push(folder);
  mkdirSync(join(folder, 'assets'));
  for (const [name, bytes] of Object.entries(gzipBytes)) {
    writeFileSync(join(folder, 'assets', name), randomBytes(bytes));
  }
  writeFileSync(
    join(folder, 'index.html'),
    `<script type="module" crossorigin src="/assets/index-a.js"></script>
     <link rel="modulepreload" crossorigin href="/assets/part-b.js">
     <link rel="stylesheet" crossorigin href="/assets/index-c.css">`,
  );
  return folder;
}

describe('app 8 the first screen', () => {
  test('app 8.4 may have 150 kB of gzipped scripts, and as many that load later as it likes', async () => {
    const folder = builtApp({ 'index-a.js': 140_000, 'part-b.js': 5_000, 'later-d.js': 200_000 });
    const { problem, figure } = await judgeFirstScreen(folder);
    expect(problem).toBe('');
    expect(figure).toMatch(
      /^JavaScript of the first screen: 145\.\d kB gzip of at most 150\.0 kB$/,
    );
  });

  test('app 8.5 fails with more, and names the scripts', async () => {
    const folder = builtApp({ 'index-a.js': 140_000, 'part-b.js': 15_000 });
    const { problem } = await judgeFirstScreen(folder);
    expect(problem).toMatch(/ 155\.\d kB .*\(assets\/index-a\.js, assets\/part-b\.js\)$/);
  });
});
