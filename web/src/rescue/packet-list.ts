import type { IndexedPacket } from '@clearreel/shared/media/source';
import { probeText } from './ffmpeg-report.ts';
import type { Entered } from './ffmpeg-runtime.ts';
import {
  agrees,
  decodedTimes,
  indexOf,
  parseFrames,
  parsePackets,
  type Shown,
  shownTimes,
} from './packet-times.ts';
import { type ProbedStream, ratio } from './probe-json.ts';

/** Packets decoded to see whether the frames come when the packets say. */
const checkedPackets = 48;

/**
 * The video's packet index. Read from the packets where a decoded beginning agrees with them; else every
 * frame is decoded once, which is exact and slow.
 */
export async function listVideoPackets(
  entered: Entered,
  path: string,
  stream: ProbedStream,
): Promise<readonly IndexedPacket[]> {
  const timeBase = ratio(stream.time_base) ?? { num: 1, den: 1000 };
  const of = ['-select_streams', String(stream.index), '-of', 'csv=p=0'];
  const entries = 'packet=pts,dts,duration,size,flags';
  const packets = parsePackets(await probeText(entered, [...of, '-show_entries', entries, path]));
  if (packets.length === 0) return [];

  const frames = async (...interval: string[]) => {
    const wanted = ['-show_entries', 'frame=key_frame,best_effort_timestamp'];
    return parseFrames(await probeText(entered, [...of, ...interval, ...wanted, path]));
  };
  // The depth that the header states and the one that the decoder uses differ in some files.
  const depths = [stream.has_b_frames ?? 0, 0, 1, 2];
  const decoded = await frames('-read_intervals', `%+#${checkedPackets}`);
  const lastDuration = packets.at(-1)?.duration ?? null;
  let shown: Shown[] | null = null;
  for (const depth of new Set(depths)) {
    const times = shownTimes(packets, depth);
    if (times !== null && agrees(times, decoded)) {
      shown = times;
      break;
    }
  }
  shown ??= decodedTimes(await frames(), lastDuration ?? 1);
  const index = indexOf(shown, lastDuration, timeBase);
  return index.filter(
    (each) => each.timestampSeconds >= 0 || each.timestampSeconds + each.durationSeconds > 0,
  );
}
