import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Chapter, chapterFile } from '@clearreel/shared/subtitles/chapters';
import { clock } from '@clearreel/shared/subtitles/cue-times';
import { FFmpegError } from 'node-av';
import { addSubtitleStream, openOutput, writeCues } from './add-subtitle-streams.ts';
import { isStyled, isText, textOf } from './cue-text.ts';
import type { Cue, SubtitleTrack } from './source-subtitles.ts';

export interface SideFile {
  readonly storedName: string;
  /** What it is called for the user, without the result's own name in front. */
  readonly suffix: string;
}

/** Writes a track beside the result: text as SubRip or SubStation Alpha, pictures in a Matroska file of their own. */
export async function writeSubtitleFile(
  folder: string,
  track: SubtitleTrack,
  number: number,
): Promise<SideFile> {
  const extension = !isText(track.codec) ? 'mks' : isStyled(track.codec) ? 'ass' : 'srt';
  const forced = track.isForced ? '.forced' : '';
  const suffix = `${number}.${track.languageCode.replace(/[^a-z-]/gi, '')}${forced}.${extension}`;
  const storedName = `subtitles-${number}.${extension}`;
  const path = join(folder, storedName);
  if (extension === 'mks') await writeMatroska(path, track);
  else await writeFile(path, extension === 'ass' ? assFile(track) : srtFile(track));
  return { storedName, suffix };
}

export async function writeChapterFile(
  folder: string,
  chapters: readonly Chapter[],
): Promise<SideFile> {
  await writeFile(join(folder, 'chapters.txt'), chapterFile(chapters));
  return { storedName: 'chapters.txt', suffix: 'chapters.txt' };
}

const timesOf = ({ startSeconds, durationSeconds }: Cue, digits: number, point: string) =>
  [startSeconds, startSeconds + durationSeconds].map((each) => clock(each, digits, point));

function srtFile({ codec, cues }: SubtitleTrack): string {
  const texts = cues.flatMap((cue) => {
    const text = textOf(codec, cue);
    return text ? { text, times: timesOf(cue, 3, ',').join(' --> ') } : [];
  });
  return texts.map(({ text, times }, at) => `${at + 1}\n${times}\n${text}\n`).join('\n');
}

/** Packets hold an event without its times, behind a number that says in which order the file had them. */
function assFile({ header, cues }: SubtitleTrack): string {
  const events = cues.map((cue) => {
    const [order = '', layer = '0', ...fields] = cue.data.toString().trim().split(',');
    const times = timesOf(cue, 2, '.').map((each) => each.replace(/^0/, ''));
    return { order: Number(order), line: `Dialogue: ${[layer, ...times, ...fields].join(',')}` };
  });
  const lines = events.sort((a, b) => a.order - b.order).map(({ line }) => line);
  return `${(header?.toString() ?? '').replace(/\0+$/, '').trimEnd()}\n${lines.join('\n')}\n`;
}

async function writeMatroska(path: string, track: SubtitleTrack): Promise<void> {
  const output = await openOutput(path, 'matroska');
  try {
    const stream = addSubtitleStream(output, track);
    FFmpegError.throwIfError(await output.writeHeader(null), 'writeHeader');
    await writeCues(output, [stream], Number.POSITIVE_INFINITY);
    FFmpegError.throwIfError(await output.writeTrailer(), 'writeTrailer');
  } finally {
    await output.closeOutput();
    output.freeContext();
  }
}
