import { beforeEach, describe, expect, it } from 'vitest';
import type { BlobFolder } from './blob-folder.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

/** The contract of `BlobFolder`. `create` gives an empty folder each time. */
export function describeBlobFolder(name: string, create: () => Promise<BlobFolder>): void {
  describe(`10. ${name} keeps the contract of BlobFolder`, () => {
    let folder: BlobFolder;
    beforeEach(async () => {
      folder = await create();
    });

    it('10.20 gives back what was written, the chunks in a row', async () => {
      await folder.write('a', [bytes(1, 2), bytes(), bytes(3)]);
      expect(await folder.read('a')).toEqual(bytes(1, 2, 3));
    });

    it('10.21 keeps an empty file', async () => {
      await folder.write('a', []);
      expect(await folder.read('a')).toEqual(bytes());
      expect(await folder.list()).toEqual(['a']);
    });

    it('10.22 replaces a file as a whole, with a shorter one too', async () => {
      await folder.write('a', [bytes(1, 2, 3)]);
      await folder.write('a', [bytes(9)]);
      expect(await folder.read('a')).toEqual(bytes(9));
    });

    it('10.23 reads null where there is no file', async () => {
      expect(await folder.read('a')).toBeNull();
    });

    it('10.24 lists its files and no other', async () => {
      await folder.write('a', [bytes(1)]);
      await folder.write('b', [bytes(2)]);
      await folder.remove('a');
      expect(await folder.list()).toEqual(['b']);
    });

    it('10.25 removes what is not there without an error', async () => {
      await folder.remove('a');
      expect(await folder.list()).toEqual([]);
    });

    it('10.26 gives copies: a change to what was written or read changes no file', async () => {
      const written = bytes(1);
      await folder.write('a', [written]);
      written[0] = 7;
      const read = await folder.read('a');
      read?.fill(8);
      expect(await folder.read('a')).toEqual(bytes(1));
    });
  });
}
