import { reasonFor } from '@clearreel/shared/errors/clear-reel-error';
import { correctMatroskaHeader, hideCodecDelay } from '@clearreel/shared/join/matroska-header';
import type { Notice } from '@clearreel/shared/media/facts';
import { notice } from '@clearreel/shared/notices/notice';
import { isMatroska } from '@clearreel/shared/spec/containers';
import { keptTime } from '@clearreel/shared/subtitles/kept-time';
import { mayHaveTexts } from '../media/may-have-texts.ts';
import type { SubtitleTrack, TextTracks } from '../rescue/text-tracks.ts';
import { readJobFile, writeJobFile } from '../storage/job-files.ts';
import { withHead } from './corrected-matroska.ts';
import type { FinishOptions } from './finish-options.ts';

export interface CarryOptions extends Pick<FinishOptions, 'job' | 'file' | 'source' | 'signal'> {
  /** The joined result in the job's folder; replaced where texts go into it. */
  readonly storedName: string;
  /** The result's name without its extension; side files begin with it. */
  readonly stem: string;
}

export interface CarriedTexts {
  readonly sideFiles: readonly string[];
  readonly notices: readonly Notice[];
}

const nothing: CarriedTexts = { sideFiles: [], notices: [] };

/**
 * Brings subtitles and chapters along: into the result where no packet changes by it, else into files beside it. What
 * goes wrong here is said, and costs nobody a finished video.
 */
export async function carryTexts(options: CarryOptions): Promise<CarriedTexts> {
  const { file, source, signal } = options;
  try {
    if (!(await mayHaveTexts(file, source.facts.container))) return nothing;
    const { readTextTracks } = await import('../rescue/text-tracks.ts');
    const found = await readTextTracks(file, file.name, signal);
    if (found.subtitles.length === 0 && found.chapters.length === 0) return nothing;
    return await carry(options, found);
  } catch (error) {
    signal.throwIfAborted();
    return { sideFiles: [], notices: [notice('TEXTS_LOST', { reason: reasonFor(error) })] };
  }
}

async function carry(options: CarryOptions, found: TextTracks): Promise<CarriedTexts> {
  const { job, file, source, signal, storedName, stem } = options;
  const { container } = job.spec.output;
  const { extractSubtitles } = await import('../rescue/text-tracks.ts');
  const { moveChapters, chapterFile } = await import('@clearreel/shared/subtitles/chapters');
  const { embedTextTracks } = await import('../rescue/embed-text-tracks.ts');
  const kept = keptTime(job.spec, source.facts);
  const tracks = found.subtitles.filter(({ isText }) => isText);
  const files = await extractSubtitles(file, file.name, tracks, kept, signal);
  const chapters = moveChapters(found.chapters, kept);
  const notices = pictureNotices(found.subtitles);

  const joined = await readJobFile(job.id, storedName);
  if (!joined) return nothing;
  const isHeaderCorrected = isMatroska(container);
  const plain = isHeaderCorrected ? await withHead(joined, hideCodecDelay) : joined;
  const embedded = await embedTextTracks(plain, container, { tracks, files, chapters }, signal);
  if (embedded.file) {
    const whole = isHeaderCorrected
      ? await withHead(embedded.file, correctMatroskaHeader)
      : embedded.file;
    await writeJobFile(job.id, storedName, whole);
  }

  const styled = files.filter(({ fileName }) => fileName.endsWith('.ass'));
  const besides = embedded.file ? (container === 'mkv' ? [] : styled) : files;
  const sideFiles: string[] = [];
  const save = async (name: string, text: string) => {
    await writeJobFile(job.id, `${stem}.${name}`, new Blob([text], { type: 'text/plain' }));
    sideFiles.push(`${stem}.${name}`);
  };
  for (const { fileName, text } of besides) await save(fileName, text);
  if (besides.length > 0) {
    notices.push(
      embedded.file
        ? notice('SUBTITLE_STYLES_BESIDE')
        : notice('SUBTITLES_BESIDE', { reason: embedded.reason }),
    );
  }
  if (!embedded.file && chapters.length > 0) {
    await save('chapters.txt', chapterFile(chapters));
    notices.push(notice('CHAPTERS_BESIDE', { reason: embedded.reason }));
  }
  return { sideFiles, notices };
}

function pictureNotices(subtitles: readonly SubtitleTrack[]): Notice[] {
  const pictures = subtitles.filter(({ isText }) => !isText);
  if (pictures.length === 0) return [];
  const names = pictures.map(({ codec, languageCode }) => `${codec}, ${languageCode}`).join('; ');
  return [notice('SUBTITLES_LOST', { tracks: names })];
}
