import { ffmpeg, ffprobe, runTool } from './ffmpeg.ts';

export type FrameTime = {
  timestampSeconds: number;
  /** `undefined` where the container says none. */
  durationSeconds: number | undefined;
  keyFrame: boolean;
};

export type Packet = {
  /** `undefined` where the container keeps none (AVI). */
  timestampSeconds: number | undefined;
  decodeSeconds: number | undefined;
  durationSeconds: number | undefined;
  bytes: number;
  /** Offset in the file. */
  position: number;
  keyFrame: boolean;
  /** Hidden by an edit list. */
  discarded: boolean;
  sha256: string;
};

type RawFrame = {
  best_effort_timestamp_time?: string;
  duration_time?: string;
  pkt_duration_time?: string;
  key_frame: number;
};

type RawPacket = {
  pts_time?: string;
  dts_time?: string;
  duration_time?: string;
  size: string;
  pos?: string;
  flags: string;
  data_hash: string;
};

const seconds = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** Times of the decoded frames of the first video stream, in the order of display. */
export async function frameTimes(path: string): Promise<FrameTime[]> {
  const { frames } = await ffprobe<{ frames: RawFrame[] }>([
    ...['-select_streams', 'v:0', '-show_frames', path],
  ]);
  return frames.map((frame) => ({
    timestampSeconds: Number(frame.best_effort_timestamp_time),
    durationSeconds: seconds(frame.duration_time ?? frame.pkt_duration_time),
    keyFrame: frame.key_frame === 1,
  }));
}

/** Packets in file order of the streams that `specifier` names, such as `v:0` or `a:1`. */
export async function packets(path: string, specifier: string): Promise<Packet[]> {
  const hash = ['-show_data_hash', 'sha256'];
  const report = await ffprobe<{ packets: RawPacket[] }>([
    ...['-select_streams', specifier, '-show_packets', ...hash, path],
  ]);
  return report.packets.map((packet) => ({
    timestampSeconds: seconds(packet.pts_time),
    decodeSeconds: seconds(packet.dts_time),
    durationSeconds: seconds(packet.duration_time),
    bytes: Number(packet.size),
    position: Number(packet.pos ?? -1),
    keyFrame: packet.flags.includes('K'),
    discarded: packet.flags.includes('D'),
    sha256: packet.data_hash.replace(/^SHA256:/i, ''),
  }));
}

/** MD5 of every decoded frame of the first video stream, in the order of display. */
export async function frameHashes(path: string): Promise<string[]> {
  const output = ['-map', '0:v:0', '-fps_mode', 'passthrough', '-f', 'framemd5', '-'];
  const report = await ffmpeg(['-noautorotate', '-i', path, ...output]);
  return report
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.slice(line.lastIndexOf(',') + 1).trim());
}

/** Timestamps of the frames that ffmpeg decodes from both files to the same pixels. */
export async function sameFrameSeconds(path: string, other: string): Promise<number[]> {
  const found = await timedHashes(path);
  const inOther = new Set(await timedHashes(other));
  return found.filter((each) => inOther.has(each)).map((each) => Number(each.split(' ')[0]));
}

async function timedHashes(path: string): Promise<string[]> {
  const [times, hashes] = await Promise.all([frameTimes(path), frameHashes(path)]);
  return times.map(({ timestampSeconds }, position) => `${timestampSeconds} ${hashes[position]}`);
}

/** What ffmpeg complains about when it decodes every picture and sound; empty for a sound file. */
export async function decodeErrors(path: string): Promise<string[]> {
  // Frames closer than the nominal rate would otherwise be reported as errors of the null output.
  const input = ['-hide_banner', '-nostdin', '-v', 'error', '-i', path];
  const everything = ['-map', '0:v?', '-map', '0:a?', '-fps_mode', 'vfr', '-f', 'null', '-'];
  const { exitCode, stderr } = await runTool('ffmpeg', [...input, ...everything]);
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return exitCode !== 0 && lines.length === 0 ? [`ffmpeg ended with ${exitCode}`] : lines;
}
