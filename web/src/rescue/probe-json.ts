import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import { probeText } from './ffmpeg-report.ts';
import type { Entered } from './ffmpeg-runtime.ts';

/** One stream of ffprobe's `-show_streams`; numbers in quotes are ffprobe's way. */
export interface ProbedStream {
  readonly index: number;
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly width?: number;
  readonly height?: number;
  readonly pix_fmt?: string;
  readonly bits_per_raw_sample?: string;
  readonly sample_aspect_ratio?: string;
  readonly color_range?: string;
  readonly color_space?: string;
  readonly color_transfer?: string;
  readonly color_primaries?: string;
  readonly has_b_frames?: number;
  readonly time_base?: string;
  readonly sample_rate?: string;
  readonly channels?: number;
  readonly bit_rate?: string;
  readonly disposition?: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly side_data_list?: readonly { readonly displaymatrix?: string }[];
}

export interface ProbedChapter {
  readonly start_time: string;
  readonly end_time: string;
  readonly tags?: { readonly title?: string };
}

export interface ProbedFile {
  readonly streams: readonly ProbedStream[];
  readonly chapters: readonly ProbedChapter[];
  readonly format: {
    readonly format_name: string;
    readonly duration?: string;
    readonly tags?: Readonly<Record<string, string>>;
  };
}

/** @throws ClearReelError `SOURCE_UNREADABLE` with ffmpeg's reason. */
export async function probeFile(entered: Entered, path: string): Promise<ProbedFile> {
  const text = await probeText(entered, [
    ...['-show_error', '-show_format', '-show_streams', '-show_chapters', '-of', 'json', path],
  ]);
  const report = parse(text);
  if (report.format && report.streams && report.streams.length > 0) {
    return { chapters: [], ...report } as ProbedFile;
  }
  const reason = report.error?.string ?? because('NO_TRACKS');
  throw new ClearReelError('SOURCE_UNREADABLE', { reason });
}

function parse(text: string): Partial<ProbedFile> & { error?: { string?: string } } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** `{num, den}` of ffprobe's `30000/1001` or `16:11`; `null` where it says nothing usable. */
export function ratio(text: string | undefined): { num: number; den: number } | null {
  const match = /^(\d+)[/:](\d+)$/.exec(text ?? '');
  const [num, den] = [Number(match?.[1]), Number(match?.[2])];
  return num > 0 && den > 0 ? { num, den } : null;
}
