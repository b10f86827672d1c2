import { reasonFor } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import { type Chapter, ffmetadata } from '@clearreel/shared/subtitles/chapters';
import type { DetailValue } from '@clearreel/shared/texts/text';
import { AttachedFile, type AttachedImage, BlobSource, Input, MATROSKA } from 'mediabunny';
import { takeFile } from './ffmpeg-report.ts';
import { FfmpegRuntime } from './ffmpeg-runtime.ts';
import { packetDifference } from './same-packets.ts';
import type { SideFile, SubtitleTrack } from './text-tracks.ts';

export type TextContainer = 'mp4' | 'mov' | 'mkv' | 'webm';

/** What goes into the result, already moved to its time. `files` and `tracks` belong together, in order. */
export interface TextToEmbed {
  readonly tracks: readonly SubtitleTrack[];
  readonly files: readonly SideFile[];
  readonly chapters: readonly Chapter[];
}

type Embedded = { readonly file: Blob } | { readonly file: null; readonly reason: DetailValue };

/** Past this the result and its copy no longer fit in memory together. */
const mostBytes = 256 * 1024 * 1024;

const muxers: Readonly<Record<TextContainer, string>> = {
  mp4: 'mp4',
  mov: 'mov',
  mkv: 'matroska',
  webm: 'webm',
};

function subtitleCodec(container: TextContainer, fileName: string): string {
  if (container === 'webm') return 'webvtt';
  if (container === 'mkv') return fileName.endsWith('.ass') ? 'ass' : 'srt';
  return 'mov_text';
}

/**
 * Puts subtitles and chapters into a finished result by stream copy. Gives the new file, or `null` and why
 * not: too large, ffmpeg failed, or anything about a video or audio packet or track came out differently.
 * Then the texts belong into files beside the result.
 */
export async function embedTextTracks(
  result: Blob,
  container: TextContainer,
  text: TextToEmbed,
  signal: AbortSignal,
): Promise<Embedded> {
  if (text.files.length === 0 && text.chapters.length === 0) {
    return { file: null, reason: because('NOTHING_TO_ADD') };
  }
  if (result.size > mostBytes) return { file: null, reason: because('TOO_LARGE_TO_REWRITE') };
  const runtime = new FfmpegRuntime();
  try {
    const file = await copyWithText(runtime, result, container, text, signal);
    const difference = await packetDifference(result, file, signal);
    return difference === null ? { file } : { file: null, reason: because('WOULD_CHANGE') };
  } catch (error) {
    signal.throwIfAborted();
    return { file: null, reason: reasonFor(error) };
  } finally {
    runtime.dispose();
  }
}

async function copyWithText(
  runtime: FfmpegRuntime,
  result: Blob,
  container: TextContainer,
  { tracks, files, chapters }: TextToEmbed,
  signal: AbortSignal,
): Promise<Blob> {
  const attached = container === 'mkv' ? await attachedFiles(result) : null;
  const covers = attached?.covers ?? [];
  const inputs = [
    { blob: result, name: `result.${container}` },
    ...files.map(({ text, fileName }) => ({ blob: new Blob([text]), name: fileName })),
    { blob: new Blob([ffmetadata(chapters)]), name: 'chapters.txt' },
    ...covers.map(({ data }, at) => ({ blob: new Blob([data.slice()]), name: `cover-${at}` })),
  ];
  const work = { stage: 'adding subtitles', code: 'JOIN_FAILED', inputs, signal } as const;
  return runtime.run(work, async (entered) => {
    const output = `/out/result.${container}`;
    const chapterInput = files.length + 1;
    const formats = ['', ...files.map(({ fileName }) => fileName.slice(-3)), 'ffmetadata'];
    const coverPaths = entered.inputs.slice(chapterInput + 1);
    const given = entered.inputs.slice(0, chapterInput + 1).flatMap((path, at) => {
      const format = formats[at];
      return [...(format ? ['-f', format] : []), '-i', path];
    });
    await entered.call('ffmpeg', [
      ...['-copyts', ...given, ...(attached ? tracksAndFonts : ['-map', '0'])],
      ...files.flatMap((_, at) => ['-map', `${at + 1}:0`]),
      ...['-map_metadata', '0', '-map_chapters', String(chapterInput), '-c', 'copy'],
      ...files.flatMap((file, at) => describe(container, at, file, tracks[at])),
      ...covers.flatMap((cover, at) => attach(coverPaths[at], cover, (attached?.fonts ?? 0) + at)),
      ...['-avoid_negative_ts', 'disabled', '-f', muxers[container], output],
    ]);
    const type = container === 'mkv' ? 'video/x-matroska' : `video/${container}`;
    return new Blob([await takeFile(entered, output)], { type });
  });
}

/** ffmpeg shows covers of Matroska as video tracks, and would write them as such. */
const tracksAndFonts = ['-map', '0:V', '-map', '0:a?', '-map', '0:t?'];

async function attachedFiles(result: Blob): Promise<{ covers: AttachedImage[]; fonts: number }> {
  const input = new Input({ source: new BlobSource(result), formats: [MATROSKA] });
  try {
    const { images = [], raw = {} } = await input.getMetadataTags();
    const files = Object.values(raw).filter((value) => value instanceof AttachedFile);
    return { covers: images, fonts: files.length - images.length };
  } finally {
    input.dispose();
  }
}

const attach = (path: string | undefined, cover: AttachedImage, at: number): string[] => [
  ...['-attach', path ?? '', `-metadata:s:t:${at}`, `mimetype=${cover.mimeType}`],
  ...[`-metadata:s:t:${at}`, `filename=${cover.name ?? 'cover'}`],
];

function describe(
  container: TextContainer,
  at: number,
  { fileName }: SideFile,
  track: SubtitleTrack | undefined,
): string[] {
  const flags = [track?.isDefault ? 'default' : '', track?.isForced ? 'forced' : ''];
  return [
    ...[`-c:s:${at}`, subtitleCodec(container, fileName)],
    ...[`-metadata:s:s:${at}`, `language=${track?.languageCode ?? 'und'}`],
    ...(track?.title ? [`-metadata:s:s:${at}`, `title=${track.title}`] : []),
    ...[`-disposition:s:${at}`, flags.filter(Boolean).join('+') || '0'],
  ];
}
