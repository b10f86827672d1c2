import { boxesAt, fourCharacters, readMovieBox } from './mp4-boxes.ts';
import type { ReadableFile } from './readable-file.ts';

/** Version, flags and the number of entries stand before the sample entries. */
const entriesOffset = 8;

/**
 * Whether an ISOBMFF file says that its video is encrypted: a sample entry of type `encv` (ISO/IEC 14496-12 §8.12).
 * mediabunny fails on some of these files before it can say so.
 */
export async function isEncryptedMp4(file: ReadableFile): Promise<boolean> {
  const movie = await readMovieBox(file);
  if (!movie) return false;
  for (const { dataStart } of boxesAt(movie, ['trak', 'mdia', 'minf', 'stbl', 'stsd'])) {
    if (fourCharacters(movie, dataStart + entriesOffset + 4) === 'encv') return true;
  }
  return false;
}
