import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Chapter } from '@clearreel/shared/subtitles/chapters';
import { FFmpegError } from 'node-av';
import { writeAll } from '../storage/write-all.ts';
import { addSubtitleStream, openOutput, writeCues } from './add-subtitle-streams.ts';
import type { Additions } from './additions.ts';
import { withHdrBoxes } from './hdr-boxes.ts';
import { chapterList } from './mp4-chapters.ts';
import { type Box, boxAt, children, fileBoxes, makeBox, readBox, withBox } from './mp4-file.ts';
import type { SubtitleTrack } from './source-subtitles.ts';

/**
 * Puts subtitle tracks, chapters and what HDR displays are told into an MP4 or QuickTime file whose movie box stands at
 * its end. FFmpeg writes the tracks into a file of their own; their samples and their description go behind those of
 * the file, of which no byte of picture and sound moves.
 */
export async function graftMp4(
  path: string,
  { tracks, chapters, hdrMetadata }: Additions,
): Promise<void> {
  const scionPath = `${path}.texts`;
  const file = await open(path, 'r+');
  try {
    const boxes = await fileBoxes(file);
    const movieBox = boxes.at(-1);
    if (movieBox?.type !== 'moov') throw new Error('the movie box does not stand at the end');
    const movie = await readBox(file, movieBox);
    const scion = tracks.length > 0 ? await subtitleFile(scionPath, tracks) : null;
    const samples = scion?.samples ?? Buffer.alloc(0);
    const told = hdrMetadata ? withHdrBoxes(movie, hdrMetadata) : movie;
    const grown = withTexts(told, scion, movieBox.start, chapters);
    try {
      await writeAll(file, samples, movieBox.start);
      await writeAll(file, grown, movieBox.start + samples.length);
    } catch (error) {
      // In this order, since what is cut off first may not be to be had again on a full disk.
      await writeAll(file, movie, movieBox.start);
      await file.truncate(movieBox.start + movie.length);
      throw error;
    }
    await file.sync();
  } finally {
    await file.close();
    await rm(scionPath, { force: true });
  }
}

interface Scion {
  readonly movie: Buffer;
  /** The box of samples, and where it stood. */
  readonly samples: Buffer;
  readonly samplesStart: number;
}

async function subtitleFile(path: string, tracks: readonly SubtitleTrack[]): Promise<Scion> {
  // For QuickTime as well, whose own table of languages lacks most.
  const output = await openOutput(path, 'mp4');
  try {
    const streams = tracks.map((track) => addSubtitleStream(output, track));
    FFmpegError.throwIfError(await output.writeHeader(null), 'writeHeader');
    await writeCues(output, streams, Number.POSITIVE_INFINITY);
    FFmpegError.throwIfError(await output.writeTrailer(), 'writeTrailer');
  } finally {
    await output.closeOutput();
    output.freeContext();
  }
  const file = await open(path);
  try {
    return await readScion(file);
  } finally {
    await file.close();
  }
}

async function readScion(file: FileHandle): Promise<Scion> {
  const boxes = await fileBoxes(file);
  const movie = boxes.find(({ type }) => type === 'moov');
  const samples = boxes.find(({ type }) => type === 'mdat');
  if (!movie || !samples) throw new Error('FFmpeg wrote no subtitles');
  return {
    movie: await readBox(file, movie),
    samples: await readBox(file, samples),
    samplesStart: samples.start,
  };
}

function withTexts(
  given: Buffer,
  scion: Scion | null,
  samplesStart: number,
  chapters: readonly Chapter[],
): Buffer {
  // The number of the next track is written into it, and where the disk is full the given one is put back.
  const movie = Buffer.from(given);
  const header = boxAt(movie, ['mvhd']);
  if (!header) throw new Error('a movie without a header');
  const nextIdAt = header.length - 4;
  let nextId = header.readUInt32BE(nextIdAt);
  const grafted: Buffer[] = [];
  if (scion) {
    const scale = timescaleOf(header) / timescaleOf(boxAt(scion.movie, ['mvhd']) ?? header);
    for (const { type, data } of children(scion.movie)) {
      if (type !== 'trak') continue;
      grafted.push(movedTrack(data, nextId++, scale, samplesStart - scion.samplesStart));
    }
  }
  header.writeUInt32BE(nextId, nextIdAt);
  const kept = [...children(movie)];
  const before = kept.filter(({ type }) => type !== 'udta').map(({ data }) => data);
  return makeBox('moov', ...before, ...grafted, ...userData(kept, chapters));
}

function userData(kept: readonly Box[], chapters: readonly Chapter[]): Buffer[] {
  const own = kept.find(({ type }) => type === 'udta');
  if (chapters.length === 0) return own ? [own.data] : [];
  const others = own ? [...children(own.data)].filter(({ type }) => type !== 'chpl') : [];
  return [makeBox('udta', chapterList(chapters), ...others.map(({ data }) => data))];
}

const versionOf = (box: Buffer) => box.readUInt8(8);
const timescaleOf = (movieHeader: Buffer) =>
  movieHeader.readUInt32BE(versionOf(movieHeader) === 1 ? 28 : 20);

/** Gives a track its number and place in another movie (ISO/IEC 14496-12 §8.3.2, §8.6.6, §8.7.5). */
function movedTrack(track: Buffer, id: number, scale: number, offset: number): Buffer {
  const header = boxAt(track, ['tkhd']);
  const short = boxAt(track, offsetsPath);
  if (!header || !short) throw new Error('a subtitle track that FFmpeg wrote in another way');
  const isLong = versionOf(header) === 1;
  header.writeUInt32BE(id, isLong ? 28 : 20);
  scaleField(header, isLong ? 36 : 28, isLong, scale);
  const edits = boxAt(track, ['edts', 'elst']);
  for (let entry = 0; edits && entry < edits.readUInt32BE(12); entry++) {
    const areLong = versionOf(edits) === 1;
    scaleField(edits, 16 + entry * (areLong ? 20 : 12), areLong, scale);
  }
  const count = short.readUInt32BE(12);
  const long = Buffer.alloc(8 + 8 * count);
  long.writeUInt32BE(count, 4);
  for (let chunk = 0; chunk < count; chunk++) {
    const moved = short.readUInt32BE(16 + 4 * chunk) + offset;
    long.writeBigUInt64BE(BigInt(moved), 8 + 8 * chunk);
  }
  return withBox(track, offsetsPath, makeBox('co64', long));
}

const offsetsPath = ['mdia', 'minf', 'stbl', 'stco'];

function scaleField(box: Buffer, at: number, isLong: boolean, scale: number): void {
  if (isLong) {
    box.writeBigUInt64BE(BigInt(Math.round(Number(box.readBigUInt64BE(at)) * scale)), at);
  } else box.writeUInt32BE(Math.round(box.readUInt32BE(at) * scale), at);
}
