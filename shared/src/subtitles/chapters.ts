import { clock, type KeptTime, movedCue } from './cue-times.ts';

export interface Chapter {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly title: string;
}

/** Chapters moved and cut to what is kept. */
export function moveChapters(chapters: readonly Chapter[], kept: KeptTime | null): Chapter[] {
  return chapters.flatMap(({ startSeconds, endSeconds, title }) => {
    const times = movedCue(startSeconds, endSeconds, kept);
    return times === null ? [] : [{ startSeconds: times[0], endSeconds: times[1], title }];
  });
}

/**
 * The side file for chapters: the simple format of OGM, which mkvmerge, MP4Box and L-SMASH take. It has no
 * ends: a chapter lasts until the next one.
 */
export const chapterFile = (chapters: readonly Chapter[]): string =>
  chapters
    .map(({ startSeconds, title }, at) => {
      const number = String(at + 1).padStart(2, '0');
      const name = title.replace(/\s+/g, ' ');
      return `CHAPTER${number}=${clock(startSeconds, 3, '.')}\nCHAPTER${number}NAME=${name}\n`;
    })
    .join('');

/** ffmpeg's own metadata format, with chapters only. */
export function ffmetadata(chapters: readonly Chapter[]): string {
  const escaped = (text: string) => text.replace(/[=;#\\\n]/g, (each) => `\\${each}`);
  const ms = (seconds: number) => Math.round(seconds * 1000);
  const blocks = chapters.map(
    ({ startSeconds, endSeconds, title }) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${ms(startSeconds)}\nEND=${ms(endSeconds)}\ntitle=${escaped(title)}\n`,
  );
  return `;FFMETADATA1\n${blocks.join('')}`;
}
