import { probeText, takeFile } from './ffmpeg-report.ts';
import type { Entered } from './ffmpeg-runtime.ts';
import { packetListOptions, parsePackets } from './packet-times.ts';
import { type ProbedStream, ratio } from './probe-json.ts';

/** Exact stamps of a track's packets in file order, in seconds, and its sizes. */
export interface AudioStamp {
  readonly timestampSeconds: number;
  readonly durationSeconds: number | null;
  readonly bytes: number;
}

export async function listAudioStamps(
  entered: Entered,
  path: string,
  stream: ProbedStream,
): Promise<readonly AudioStamp[]> {
  const { num, den } = ratio(stream.time_base) ?? { num: 1, den: 1000 };
  const select = ['-select_streams', String(stream.index)];
  const packets = parsePackets(await probeText(entered, [...select, ...packetListOptions, path]));
  const stamps: AudioStamp[] = [];
  for (const { pts, dts, duration, bytes } of packets) {
    const ticks = pts ?? dts;
    if (ticks === null) return [];
    stamps.push({
      timestampSeconds: (ticks * num) / den,
      durationSeconds: duration === null ? null : (duration * num) / den,
      bytes,
    });
  }
  return stamps;
}

/** Part of the source's time, for tracks that do not fit in memory; both ends in seconds. */
export interface ExtractPart {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /**
   * `seek` goes there in the file, which some containers do wrongly (FLV without an index); `skip` reads
   * from the start of the file and drops what comes before, and then stamps count from `startSeconds`.
   */
  readonly by: 'seek' | 'skip';
}

/**
 * Writes one audio track as Matroska in memory. Its stamps are the source's, rounded to milliseconds and
 * not shifted, but for a part got by `skip`. More than the part may come at both ends.
 */
export async function extractAudio(
  entered: Entered,
  path: string,
  streamIndex: number,
  options: readonly string[],
  part?: ExtractPart,
): Promise<Uint8Array<ArrayBuffer>> {
  const output = '/out/audio.mka';
  const start = part === undefined ? [] : ['-ss', part.startSeconds.toFixed(6)];
  const seek = part?.by === 'seek' ? ['-seek_timestamp', '1', ...start] : [];
  const skip = part?.by === 'skip' ? start : [];
  const until = part === undefined ? [] : ['-to', part.endSeconds.toFixed(6)];
  await entered.call('ffmpeg', [
    ...[...seek, '-noaccurate_seek', '-copyts', '-i', path, '-map', `0:${streamIndex}`],
    ...[...options, ...skip, ...until, '-map_metadata', '-1', '-avoid_negative_ts', 'disabled'],
    ...['-f', 'matroska', output],
  ]);
  return takeFile(entered, output);
}
