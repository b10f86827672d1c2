import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeBlobFolder } from '@clearreel/shared/segments/blob-folder.suite';
import { afterAll, describe, expect, it } from 'vitest';
import { DiskFolder } from './disk-folder.ts';

const folders: string[] = [];

async function emptyFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'clearreel-folder-'));
  folders.push(path);
  return path;
}

afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true }))));

describeBlobFolder('a folder on disk', async () => DiskFolder.open(await emptyFolder()));

describe('server 1. a folder on disk', () => {
  it('server 1.51 clears what a crash left half-written, and keeps the rest', async () => {
    const path = await emptyFolder();
    await writeFile(join(path, 'a'), 'whole');
    await writeFile(join(path, 'a.draft'), 'ha');
    const folder = await DiskFolder.open(path);
    expect(await folder.list()).toEqual(['a']);
    expect(await readdir(path)).toEqual(['a']);
  });

  it('server 1.52 says that it is not to be written to', async () => {
    const path = await emptyFolder();
    const inTheWay = join(path, 'file');
    await writeFile(inTheWay, '');
    await expect(DiskFolder.open(join(inTheWay, 'folder'))).rejects.toMatchObject({
      code: 'STORAGE_DENIED',
    });
  });

  it.skipIf(process.platform !== 'linux')(
    'server 1.53 says that the disk is full, and keeps the file of before',
    async () => {
      const path = await emptyFolder();
      const folder = await DiskFolder.open(path);
      await folder.write('a', [Uint8Array.of(1)]);
      await symlink('/dev/full', join(path, 'a.draft'));
      await expect(folder.write('a', [Uint8Array.of(2)])).rejects.toMatchObject({
        code: 'STORAGE_FULL',
      });
      expect(await readdir(path)).toEqual(['a']);
      expect(await folder.read('a')).toEqual(Uint8Array.of(1));
    },
  );
});
