import { join } from 'node:path';
import { ClearReelError, reasonFor } from '@clearreel/shared/errors/clear-reel-error';
import type { HdrMetadata, Notice, SourceFacts } from '@clearreel/shared/media/facts';
import { notice } from '@clearreel/shared/notices/notice';
import { because } from '@clearreel/shared/notices/reasons';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { type Chapter, moveChapters } from '@clearreel/shared/subtitles/chapters';
import { keptTime } from '@clearreel/shared/subtitles/kept-time';
import type { DetailValue } from '@clearreel/shared/texts/text';
import type { SourcePath } from '../media/source-path.ts';
import { isStyled, isText } from './cue-text.ts';
import { embeddedTrack } from './embedded-track.ts';
import { asStorageFull } from './full-disk.ts';
import { graftMp4 } from './graft-mp4.ts';
import { remuxMatroska } from './remux-matroska.ts';
import { type SideFile, writeChapterFile, writeSubtitleFile } from './side-files.ts';
import { readChapters } from './source-chapters.ts';
import { readSubtitles, type SubtitleTrack } from './source-subtitles.ts';

export interface CarryOptions {
  readonly sourcePath: SourcePath;
  readonly facts: SourceFacts;
  readonly spec: JobSpec;
  /** Where the joined result lies, and where side files go. */
  readonly resultFolder: string;
  /** The result's file in it; replaced where something goes into it. */
  readonly storedName: string;
  readonly signal: AbortSignal;
}

export interface CarriedTexts {
  readonly sideFiles: readonly SideFile[];
  readonly notices: readonly Notice[];
}

/** What is to go along, on the result's clock. */
interface Texts {
  readonly tracks: readonly SubtitleTrack[];
  readonly chapters: readonly Chapter[];
}

/**
 * Brings subtitles and chapters of the source along: into the result, of whose picture and sound nothing changes, and
 * beside it where its container has no place for them or the disk no room for a second copy. What goes wrong here is
 * said, and costs nobody a finished video.
 *
 * @throws ClearReelError `STORAGE_FULL` where the disk has no room for texts at all: the job can go on when it has.
 */
export async function carryTexts(options: CarryOptions): Promise<CarriedTexts> {
  const { sourcePath, facts, spec, resultFolder, signal } = options;
  if (typeof sourcePath !== 'string' || facts.container === 'images')
    return { sideFiles: [], notices: [] };
  try {
    const kept = keptTime(spec, facts);
    const tracks = await readSubtitles(sourcePath, kept, signal);
    const chapters = moveChapters(await readChapters(sourcePath, facts), kept);
    return await carry(options, { tracks, chapters });
  } catch (thrown) {
    signal.throwIfAborted();
    const error = await asStorageFull(thrown, resultFolder);
    if (isStorageFull(error)) throw error;
    return { sideFiles: [], notices: [notice('TEXTS_LOST', { reason: reasonFor(error) })] };
  }
}

const isStorageFull = (error: unknown) =>
  error instanceof ClearReelError && error.code === 'STORAGE_FULL';

async function carry(options: CarryOptions, { tracks, chapters }: Texts): Promise<CarriedTexts> {
  const { spec, resultFolder } = options;
  const { container } = spec.output;
  const embedded = tracks.map((track) => embeddedTrack(track, container));
  const inside = embedded.filter((track) => track !== null);
  const obstacle = await embed(options, { tracks: inside, chapters });

  const sideFiles: SideFile[] = [];
  const notices: Notice[] = [];
  let isStyleBeside = false;
  for (const [position, track] of tracks.entries()) {
    const isInside = obstacle === null && embedded[position] !== null;
    const losesStyles = isStyled(track.codec) && container !== 'mkv';
    if (isInside && !losesStyles) continue;
    isStyleBeside ||= isInside;
    sideFiles.push(await writeSubtitleFile(resultFolder, track, position + 1));
  }
  if (isStyleBeside) notices.push(notice('SUBTITLE_STYLES_BESIDE'));
  const outside = tracks.filter((_, position) => obstacle !== null || !embedded[position]);
  if (outside.length > 0) {
    const arePictures = obstacle === null && outside.every(({ codec }) => !isText(codec));
    const reason = arePictures ? because('PICTURE_SUBTITLES', { container }) : (obstacle ?? '');
    notices.push(notice('SUBTITLES_BESIDE', { reason }));
  }
  if (obstacle !== null && chapters.length > 0) {
    sideFiles.push(await writeChapterFile(resultFolder, chapters));
    notices.push(notice('CHAPTERS_BESIDE', { reason: obstacle }));
  }
  if (obstacle !== null && keptHdrMetadata(options)) {
    notices.push(notice('HDR_METADATA_LEFT_OUT', { reason: obstacle }));
  }
  return { sideFiles, notices };
}

/** Why nothing could go into the result; `null` where everything is in it. */
async function embed(
  options: CarryOptions,
  { tracks, chapters }: Texts,
): Promise<DetailValue | null> {
  const { spec, resultFolder, storedName, signal } = options;
  const { container } = spec.output;
  const path = join(resultFolder, storedName);
  const hdrMetadata = keptHdrMetadata(options);
  if (tracks.length === 0 && chapters.length === 0 && !hdrMetadata) return null;
  const additions = { tracks, chapters, hdrMetadata };
  try {
    if (container === 'mp4' || container === 'mov') {
      await graftMp4(path, additions);
      return null;
    }
    const muxer = container === 'mkv' ? 'matroska' : 'webm';
    const isWhole = await remuxMatroska(path, muxer, additions, signal);
    return isWhole ? null : because('WOULD_CHANGE');
  } catch (error) {
    signal.throwIfAborted();
    return reasonFor(await asStorageFull(error, resultFolder));
  }
}

/** HEVC and AV1 carry it in the stream; VP9 has no place for it there, and containers have. */
function keptHdrMetadata({ facts, spec }: CarryOptions): HdrMetadata | undefined {
  const { codec, hdr } = spec.output;
  const isKept = facts.video.hdr && hdr !== 'convert' && codec === 'vp9';
  return isKept ? facts.video.hdrMetadata : undefined;
}
