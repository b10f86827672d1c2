import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packHead } from '@clearreel/shared/sequence/pack-format';
import type { Clip } from '../clips/clip.ts';
import { zipOf } from '../clips/zip.ts';

/** The start of a PNG of this size (PNG specification §11.2.1), which is all that is looked at before the work. */
function pngHead(width: number, height: number): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000802000000', 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

const small = pngHead(96, 54);

/** As the page packs pictures, but the list may say of them what it likes. */
function pack(list: readonly (readonly [string, number])[], ...pictures: Buffer[]): Buffer {
  const head = packHead(list.map(([name, bytes]) => ({ name, bytes })));
  return Buffer.concat([head, ...pictures]);
}

/** `proves` names what is wrong; what `make` gives is part of the recipe by its text. */
function sequence(
  name: string,
  proves: string,
  extension: string,
  make: () => Uint8Array | Promise<Uint8Array>,
): Clip {
  const file = `${name}.${extension}`;
  const parts = [make, pngHead, pack, packHead].map(String).join();
  return {
    ...{ name, proves, file },
    recipe: createHash('sha256').update(parts).digest('hex'),
    make: async (folder) => writeFile(join(folder, file), await make()),
  };
}

/** Image sequences that nobody made by accident. */
export const sequences: readonly Clip[] = [
  sequence('pack-of-nothing', 'a list of no pictures', 'frames', () => pack([])),
  sequence('pack-long-list', 'a list that claims to be 4 GiB long', 'frames', () => {
    // Nothing follows the list: cut off at the file's end it would be JSON.
    const bytes = pack([
      ['1.png', 0],
      ['2.png', 0],
    ]);
    bytes.writeUInt32LE(0xffff_ffff, 8);
    return bytes;
  }),
  sequence('pack-no-list', 'a list that is no JSON', 'frames', () =>
    pack([['1.png', small.length]], small).fill('?', 12, 20),
  ),
  sequence('pack-long-picture', 'a picture that claims a petabyte', 'frames', () =>
    pack(
      [
        ['1.png', 1e15],
        ['2.png', 1e15],
      ],
      small,
      small,
    ),
  ),
  sequence('pack-claims-30000', 'a picture that claims 30000×30000', 'frames', () =>
    pack(
      [
        ['1.png', small.length],
        ['2.png', small.length],
      ],
      small,
      pngHead(30_000, 30_000),
    ),
  ),
  sequence('pack-of-paths', 'pictures named as paths to elsewhere, cut short', 'frames', () =>
    pack(
      [
        ['../../1.png', small.length],
        ['/etc/2.png', small.length],
      ],
      small,
      small,
    ),
  ),
  sequence('zip-bomb', 'two pictures of 96×54 that unpack to 100 MB each', 'zip', () => {
    const bomb = Buffer.concat([small, Buffer.alloc(100_000_000)]);
    const files = ['1.png', '2.png'].map((name) => [name, bomb] as const);
    return zipOf(new Map(files), { deflate: true });
  }),
];
