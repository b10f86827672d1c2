import { ebmlId, ebmlPath } from '@clearreel/shared/matroska/ebml';
import { boxesAt, fourCharacters, readMovieBox } from '@clearreel/shared/media/mp4-boxes';

const subtitleTrackType = 17;
const textHandlers = ['text', 'sbtl', 'subt', 'clcp'];
const headBytes = 1024 * 1024;

/**
 * Whether a file may hold subtitles or chapters, from its headers alone: reading them takes ffmpeg.wasm (32 MB), which
 * most files can do without. Containers not known here may.
 */
export async function mayHaveTexts(file: Blob, container: string): Promise<boolean> {
  if (container === 'mp4' || container === 'mov') return mp4MayHaveTexts(file);
  if (container === 'images') return false;
  if (container === 'mkv' || container === 'webm') return matroskaMayHaveTexts(file);
  return true;
}

async function mp4MayHaveTexts(file: Blob): Promise<boolean> {
  const movie = await readMovieBox(file);
  if (!movie) return true;
  for (const { dataStart } of boxesAt(movie, ['trak', 'mdia', 'hdlr'])) {
    if (textHandlers.includes(fourCharacters(movie, dataStart + 8))) return true;
  }
  return [...boxesAt(movie, ['udta', 'chpl'])].length > 0;
}

async function matroskaMayHaveTexts(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const { segment, tracks, trackEntry, trackType, seekHead, seek, seekId, chapters } = ebmlId;
  for (const type of ebmlPath(head, [segment, tracks, trackEntry, trackType])) {
    if (head[type.dataEnd - 1] === subtitleTrackType) return true;
  }
  // Chapters may stand at the end of the file; the index in front then names them.
  for (const sought of ebmlPath(head, [segment, seekHead, seek, seekId])) {
    const id = head.subarray(sought.dataStart, sought.dataEnd);
    if (id.reduce((value, byte) => value * 256 + byte, 0) === chapters) return true;
  }
  return [...ebmlPath(head, [segment, chapters])].length > 0;
}
