import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sourceVersion } from './source-version.ts';

describe('server 1.8 what has been done is gone on with', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-version-'));
    for (const name of ['1.png', '2.png', '3.png']) await writeFile(join(folder, name), name);
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('server 1.80 for the same pictures', async () => {
    expect(await sourceVersion(folder)).toBe(await sourceVersion(folder));
  });

  test('server 1.81 but not for pictures that have been given another order', async () => {
    const before = await sourceVersion(folder);
    await writeFile(join(folder, '2.png'), 'longer');
    const changed = await sourceVersion(folder);
    await rename(join(folder, '2.png'), join(folder, 'x'));
    await rename(join(folder, '3.png'), join(folder, '2.png'));
    await rename(join(folder, 'x'), join(folder, '3.png'));
    expect(new Set([before, changed, await sourceVersion(folder)]).size).toBe(3);
  });

  test('server 1.83 pictures one by one are those of their folder, in whatever order they are named', async () => {
    const named = ['3.png', '1.png', '2.png'].map((name) => join(folder, name));
    expect(await sourceVersion(named)).toBe(await sourceVersion(folder));
    expect(await sourceVersion(named.slice(1))).not.toBe(await sourceVersion(folder));
  });

  test('server 1.82 and a file that is gone is said to have changed', async () => {
    const gone = sourceVersion(join(folder, 'gone.mp4'));
    await expect(gone).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  });
});
