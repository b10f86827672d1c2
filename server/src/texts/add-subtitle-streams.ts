import {
  AV_DISPOSITION_DEFAULT,
  AV_DISPOSITION_FORCED,
  type AVDisposition,
  AVMEDIA_TYPE_SUBTITLE,
  Dictionary,
  FFmpegError,
  FormatContext,
  Packet,
  Rational,
  type Stream,
} from 'node-av';
import type { Cue, SubtitleTrack } from './source-subtitles.ts';

/** A stream of subtitles in a file that is being written, and what is still to be written into it. */
export interface SubtitleStream {
  readonly stream: Stream;
  readonly cues: Cue[];
}

export function addSubtitleStream(output: FormatContext, track: SubtitleTrack): SubtitleStream {
  const stream = output.newStream(null);
  const { codecpar } = stream;
  codecpar.codecType = AVMEDIA_TYPE_SUBTITLE;
  codecpar.codecId = track.codecId;
  codecpar.width = track.width;
  codecpar.height = track.height;
  if (track.header) codecpar.extradata = track.header;
  stream.timeBase = new Rational(1, 1000);
  const { languageCode: language, title } = track;
  // MP4 has a name for the handler of a track, which players show as the track's.
  const named = title === null ? {} : { title, handler_name: title };
  stream.metadata = Dictionary.fromObject({ language, ...named });
  const flags =
    (track.isDefault ? AV_DISPOSITION_DEFAULT : 0) | (track.isForced ? AV_DISPOSITION_FORCED : 0);
  stream.disposition = flags as AVDisposition;
  return { stream, cues: [...track.cues].sort((a, b) => a.startSeconds - b.startSeconds) };
}

/** Writes all cues that begin no later than `seconds`. */
export async function writeCues(
  output: FormatContext,
  streams: readonly SubtitleStream[],
  seconds: number,
): Promise<void> {
  using packet = new Packet();
  packet.alloc();
  for (const { stream, cues } of streams) {
    const { num, den } = stream.timeBase;
    const ticks = (value: number) => BigInt(Math.round((value * den) / num));
    for (let cue = cues[0]; cue && cue.startSeconds <= seconds; cue = cues[0]) {
      cues.shift();
      packet.data = cue.data;
      packet.streamIndex = stream.index;
      packet.pts = ticks(cue.startSeconds);
      packet.dts = packet.pts;
      packet.duration = ticks(cue.durationSeconds);
      packet.isKeyframe = true;
      const written = await output.interleavedWriteFrame(packet);
      FFmpegError.throwIfError(written, 'interleavedWriteFrame');
      packet.unref();
    }
  }
}

/** Opens a file for FFmpeg to write; whoever opened it closes it, and then the file is whole or of no use. */
export async function openOutput(path: string, muxer: string): Promise<FormatContext> {
  const output = new FormatContext();
  FFmpegError.throwIfError(output.allocOutputContext2(null, muxer, path), muxer);
  FFmpegError.throwIfError(await output.openOutput(), 'openOutput');
  return output;
}
