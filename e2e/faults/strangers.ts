import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Clip } from '../clips/clip.ts';

/** A file that never was a video. */
function stranger(name: string, proves: string, extension: string, bytes: Buffer): Clip {
  const file = `${basename(name)}.${extension}`;
  return {
    name,
    proves,
    file,
    recipe: createHash('sha256').update(bytes).digest('hex'),
    make: (folder) => writeFile(join(folder, file), bytes),
  };
}

/** Bytes without structure, the same on every run. */
function noise(count: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, index) =>
    createHash('sha256').update(`noise ${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, count);
}

/** A zip archive of one stored text file (PKWARE APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16). */
function zipOf(fileName: string, text: string): Buffer {
  const name = Buffer.from(fileName);
  const data = Buffer.from(text);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, data]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00'),
    common,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

const letter = 'This is a letter, not a video.\n'.repeat(40);

const playlist = '#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n/etc/passwd\n#EXT-X-ENDLIST\n';

export const strangers = [
  stranger('empty', 'a file of 0 bytes', 'mp4', Buffer.alloc(0)),
  stranger('text-as-mp4', 'a text file named .mp4', 'mp4', Buffer.from(letter)),
  stranger('noise-as-mp4', '64 KiB without any structure, named .mp4', 'mp4', noise(65_536)),
  stranger('zip-as-mkv', 'a zip archive named .mkv', 'mkv', zipOf('letter.txt', letter)),
  stranger('playlist', 'a playlist that names another file', 'm3u8', Buffer.from(playlist)),
];
