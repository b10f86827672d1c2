import type { IndexedPacket } from '@clearreel/shared/media/source';
import type { FrameStamp } from './ffmpeg-log.ts';
import { probeText } from './ffmpeg-report.ts';
import type { Entered } from './ffmpeg-runtime.ts';
import { outletPath } from './frame-stream.ts';
import {
  agrees,
  decodedTimes,
  indexOf,
  packetListOptions,
  parsePackets,
  type Shown,
  shownTimes,
} from './packet-times.ts';
import { type ProbedStream, ratio } from './probe-json.ts';

/** Frames decoded to see whether they come when the packets say. */
const checkedFrames = 48;
/** Frames are scaled down to leave ffmpeg: only their stamps count. */
const thumbnail = { size: '16:16', bytes: 16 * 16 };

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
  const select = ['-select_streams', String(stream.index)];
  const packets = parsePackets(await probeText(entered, [...select, ...packetListOptions, path]));
  if (packets.length === 0) return [];

  const decoded = await decodeStamps(entered, path, stream.index, checkedFrames);
  const lastDuration = packets.at(-1)?.duration ?? null;
  let shown: Shown[] | null = null;
  // The depth that the header states and the one that the decoder uses differ in some files.
  for (const depth of new Set([stream.has_b_frames ?? 0, 0, 1, 2])) {
    const times = shownTimes(packets, depth);
    if (times === null || !agrees(times, decoded)) continue;
    shown = times;
    break;
  }
  shown ??= decodedTimes(await decodeStamps(entered, path, stream.index), lastDuration ?? 1);
  return indexOf(shown, lastDuration, timeBase).filter(
    ({ timestampSeconds, durationSeconds }) =>
      timestampSeconds >= 0 || timestampSeconds + durationSeconds > 0,
  );
}

/** Stamps of the first `most` frames (of all, if not given) as ffmpeg decodes them, in the order of display. */
async function decodeStamps(
  { ffmpeg, call }: Entered,
  path: string,
  streamIndex: number,
  most?: number,
): Promise<FrameStamp[]> {
  const stamps: FrameStamp[] = [];
  const limit = most === undefined ? [] : ['-frames:v', String(most)];
  const filters = `scale=${thumbnail.size}:flags=neighbor,format=gray,showinfo=checksum=0`;
  const outlet = { frameBytes: thumbnail.bytes, credits: null };
  await ffmpeg.mount('FRAMEOUTLET' as never, outlet as never, '/frames');
  try {
    const input = ['-noautorotate', '-copyts', '-i', path, '-map', `0:${streamIndex}`];
    const output = [...limit, '-fps_mode', 'passthrough', '-f', 'rawvideo', outletPath];
    await call('ffmpeg', [...input, '-vf', filters, ...output], {
      onNote: (note) => {
        if (note.type === 'frame') stamps.push(note.stamp);
      },
    });
  } finally {
    if (ffmpeg.loaded) await ffmpeg.unmount('/frames');
  }
  return stamps;
}
