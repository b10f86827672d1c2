import { type KeptTime, movedCue } from '@clearreel/shared/subtitles/cue-times';
import {
  AV_DISPOSITION_DEFAULT,
  AV_DISPOSITION_FORCED,
  type AVCodecID,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_SUBTITLE,
  avGetCodecName,
  type FormatContext,
  Packet,
  type Stream,
} from 'node-av';
import { openInput } from '../media/av-input.ts';
import { stampOf } from '../media/listed-packets.ts';

/** What is shown from `startSeconds` on, in the coding of its track. */
export interface Cue {
  readonly startSeconds: number;
  /** 0 where only the next cue ends it, as in picture subtitles. */
  readonly durationSeconds: number;
  readonly data: Buffer;
}

export interface SubtitleTrack {
  /** FFmpeg's name: `subrip`, `ass`, `mov_text`, `hdmv_pgs_subtitle`, … */
  readonly codec: string;
  readonly codecId: AVCodecID;
  /** Styles, palettes: what the decoder needs before the first cue. */
  readonly header: Buffer | null;
  readonly width: number;
  readonly height: number;
  readonly languageCode: string;
  readonly title: string | null;
  readonly isForced: boolean;
  readonly isDefault: boolean;
  readonly cues: readonly Cue[];
}

/** All subtitle tracks of a file, moved and cut to what is kept of it. */
export async function readSubtitles(
  path: string,
  kept: KeptTime | null,
  signal: AbortSignal,
): Promise<SubtitleTrack[]> {
  const context = await openInput(path);
  try {
    const streams = context.streams.filter(isSubtitle);
    if (streams.length === 0) return [];
    const cues = await readCues(context, streams, signal);
    return streams.map((stream) => ({
      codec: avGetCodecName(stream.codecpar.codecId) ?? 'unknown',
      codecId: stream.codecpar.codecId,
      header: stream.codecpar.extradata && Buffer.from(stream.codecpar.extradata),
      width: stream.codecpar.width,
      height: stream.codecpar.height,
      languageCode: stream.metadata?.get('language') ?? 'und',
      title: stream.metadata?.get('title') ?? null,
      isForced: stream.hasDisposition(AV_DISPOSITION_FORCED),
      isDefault: stream.hasDisposition(AV_DISPOSITION_DEFAULT),
      cues: (cues.get(stream.index) ?? []).flatMap((cue) => moved(cue, kept)),
    }));
  } finally {
    await context.closeInput();
  }
}

const isSubtitle = ({ codecpar }: Stream) => codecpar.codecType === AVMEDIA_TYPE_SUBTITLE;

async function readCues(
  context: FormatContext,
  streams: readonly Stream[],
  signal: AbortSignal,
): Promise<Map<number, Cue[]>> {
  const cues = new Map(streams.map(({ index }): [number, Cue[]] => [index, []]));
  const ticks = new Map(streams.map(({ index, timeBase: { num, den } }) => [index, num / den]));
  for (const stream of context.streams) {
    if (!cues.has(stream.index)) stream.discard = AVDISCARD_ALL;
  }
  using packet = new Packet();
  packet.alloc();
  while ((await context.readFrame(packet)) >= 0) {
    signal.throwIfAborted();
    const start = stampOf(packet.pts);
    const secondsPerTick = ticks.get(packet.streamIndex) ?? 0;
    if (start !== null && packet.data && packet.size > 0) {
      cues.get(packet.streamIndex)?.push({
        startSeconds: Number(start) * secondsPerTick,
        durationSeconds: Number(packet.duration) * secondsPerTick,
        data: Buffer.from(packet.data),
      });
    }
    packet.unref();
  }
  return cues;
}

function moved({ startSeconds, durationSeconds, data }: Cue, kept: KeptTime | null): Cue[] {
  if (durationSeconds > 0) {
    const times = movedCue(startSeconds, startSeconds + durationSeconds, kept);
    return times ? [{ startSeconds: times[0], durationSeconds: times[1] - times[0], data }] : [];
  }
  if (kept === null) return [{ startSeconds, durationSeconds, data }];
  const isKept = startSeconds >= kept.startSeconds && startSeconds < kept.endSeconds;
  return isKept ? [{ startSeconds: startSeconds - kept.startSeconds, durationSeconds, data }] : [];
}
