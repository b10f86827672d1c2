import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clip } from '../../../e2e/clips/index.ts';
import { ffmpeg } from '../../../e2e/reference/ffmpeg.ts';

/** A segment of Presentation Graphics (Blu-ray) as `.sup` files have it; times in 1/90000 s. */
function segment(seconds: number, type: number, ...bytes: number[]): Buffer {
  const head = Buffer.alloc(13);
  head.write('PG');
  head.writeUInt32BE(seconds * 90_000, 2);
  head.writeUInt8(type, 10);
  head.writeUInt16BE(bytes.length, 11);
  return Buffer.concat([head, Buffer.from(bytes)]);
}

const window = [1, 0, 0, 8, 0, 8, 0, 8, 0, 2];
const composition = (number: number, objects: readonly number[]) => [
  ...[0, 96, 0, 54, 0x10, 0, number, 0x80, 0, 0],
  ...objects,
];
/** Two lines of eight white pixels, by run lengths. */
const picture = [0, 0x88, 1, 0, 0, 0, 0x88, 1, 0, 0];

/** A white bar from 0.5 s to 1.5 s. */
const bar = Buffer.concat([
  segment(0.5, 0x16, ...composition(0, [1, 0, 0, 0, 0, 0, 8, 0, 8])),
  segment(0.5, 0x17, ...window),
  segment(0.5, 0x14, 0, 0, 1, 235, 128, 128, 255),
  segment(0.5, 0x15, 0, 0, 0, 0xc0, 0, 0, picture.length + 4, 0, 8, 0, 2, ...picture),
  segment(0.5, 0x80),
  segment(1.5, 0x16, ...composition(1, [0])),
  segment(1.5, 0x17, ...window),
  segment(1.5, 0x80),
]);

/** A Matroska file with picture subtitles and an attached font. */
export async function pictureSubtitles(folder: string): Promise<string> {
  const path = join(folder, 'pictures.mkv');
  await writeFile(join(folder, 'bar.sup'), bar);
  await writeFile(join(folder, 'some.ttf'), 'not much of a font');
  const inputs = ['-i', await clip('plain-h264'), '-i', 'bar.sup', '-map', '0', '-map', '1'];
  const font = ['-attach', 'some.ttf', '-metadata:s:t:0', 'mimetype=font/ttf'];
  const language = ['-metadata:s:s:0', 'language=fra'];
  await ffmpeg([...inputs, '-c', 'copy', ...language, ...font, path], folder);
  return path;
}
