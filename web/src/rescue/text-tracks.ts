import type { Chapter } from '@clearreel/shared/subtitles/chapters';
import { type KeptTime, moveAss, moveSrt } from '@clearreel/shared/subtitles/cue-times';
import { takeFile } from './ffmpeg-report.ts';
import { type Entered, FfmpegRuntime } from './ffmpeg-runtime.ts';
import { type ProbedStream, probeFile } from './probe-json.ts';

export interface SubtitleTrack {
  /** ffmpeg's number of the stream in the file. */
  readonly index: number;
  /** ffmpeg's name: `subrip`, `ass`, `mov_text`, `hdmv_pgs_subtitle`, … */
  readonly codec: string;
  /** ISO 639-2, `und` where the file says none. */
  readonly languageCode: string;
  readonly title: string | null;
  readonly isForced: boolean;
  readonly isDefault: boolean;
  /** Whether it can be written as text; picture subtitles (DVD, Blu-ray) cannot. */
  readonly isText: boolean;
}

export interface Attachment {
  readonly index: number;
  readonly fileName: string;
  readonly mimeType: string;
}

export interface TextTracks {
  readonly subtitles: readonly SubtitleTrack[];
  readonly chapters: readonly Chapter[];
  /** Fonts and the like. */
  readonly attachments: readonly Attachment[];
}

export interface SideFile {
  readonly fileName: string;
  readonly text: string;
}

const textCodecs = /^(subrip|srt|ass|ssa|mov_text|webvtt|text|microdvd|sami|subviewer|eia_608)/;
const stage = 'reading the subtitles';

async function once<T>(
  blob: Blob,
  name: string,
  signal: AbortSignal,
  work: (entered: Entered, path: string) => Promise<T>,
): Promise<T> {
  // A core of its own: ffprobe never forgets what an earlier run asked it to show.
  const runtime = new FfmpegRuntime();
  try {
    const inputs = [{ blob, name }];
    const options = { stage, code: 'SOURCE_UNREADABLE', inputs, signal } as const;
    return await runtime.run(options, (entered) => work(entered, entered.inputs[0] ?? ''));
  } finally {
    runtime.dispose();
  }
}

/**
 * Subtitles, chapters and attachments of any file.
 * @throws ClearReelError `SOURCE_UNREADABLE`; or the signal's reason.
 */
export function readTextTracks(blob: Blob, name: string, signal: AbortSignal): Promise<TextTracks> {
  return once(blob, name, signal, async (entered, path) => {
    const { streams, chapters } = await probeFile(entered, path);
    return {
      subtitles: streams.filter((each) => each.codec_type === 'subtitle').map(subtitleOf),
      chapters: chapters.map(({ start_time, end_time, tags }) => ({
        startSeconds: Number(start_time),
        endSeconds: Number(end_time),
        title: tags?.title ?? '',
      })),
      attachments: streams
        .filter((each) => each.codec_type === 'attachment')
        .map(({ index, tags }) => ({
          index,
          fileName: tags?.filename ?? `attachment-${index}`,
          mimeType: tags?.mimetype ?? 'application/octet-stream',
        })),
    };
  });
}

function subtitleOf({ index, codec_name = '', tags, disposition }: ProbedStream): SubtitleTrack {
  return {
    index,
    codec: codec_name,
    languageCode: tags?.language ?? 'und',
    title: tags?.title ?? null,
    isForced: disposition?.forced === 1,
    isDefault: disposition?.default === 1,
    isText: textCodecs.test(codec_name),
  };
}

const isStyled = ({ codec }: SubtitleTrack) => codec === 'ass' || codec === 'ssa';

/**
 * Text subtitles as files: `.ass` where the track has styles, else `.srt` (UTF-8), moved and cut to what
 * is kept of the source. File names are unique and say number, language and `forced`.
 * @throws ClearReelError `SOURCE_UNREADABLE`; or the signal's reason.
 */
export function extractSubtitles(
  blob: Blob,
  name: string,
  tracks: readonly SubtitleTrack[],
  kept: KeptTime | null,
  signal: AbortSignal,
): Promise<SideFile[]> {
  const wanted = tracks.filter(({ isText }) => isText);
  if (wanted.length === 0) return Promise.resolve([]);
  return once(blob, name, signal, async (entered, path) => {
    // All in one pass: every pass reads the whole file.
    const outputs = wanted.flatMap((track) => {
      const codec = isStyled(track) ? 'ass' : 'srt';
      return ['-map', `0:${track.index}`, '-c:s', codec, `/out/${track.index}.${codec}`];
    });
    await entered.call('ffmpeg', ['-copyts', '-i', path, ...outputs]);
    const files: SideFile[] = [];
    for (const [at, track] of wanted.entries()) {
      const extension = isStyled(track) ? 'ass' : 'srt';
      const bytes = await takeFile(entered, `/out/${track.index}.${extension}`);
      const text = new TextDecoder().decode(bytes);
      const forced = track.isForced ? '.forced' : '';
      files.push({
        fileName: `${at + 1}.${track.languageCode}${forced}.${extension}`,
        text: isStyled(track) ? moveAss(text, kept) : moveSrt(text, kept),
      });
    }
    return files;
  });
}
