import { ffmpeg, ffprobe } from './ffmpeg.ts';
import { frameTimes } from './frames.ts';

/** When the brightest frame is shown, for clips of black frames with one white one. */
export async function flashSeconds(path: string): Promise<number> {
  const grey = ['-vf', 'scale=1:1:flags=area,format=gray', '-fps_mode', 'passthrough'];
  const means = await ffmpeg(['-i', path, '-map', '0:v:0', ...grey, '-f', 'rawvideo', '-']);
  const brightest = means.indexOf(Math.max(...means));
  const frame = (await frameTimes(path))[brightest];
  if (!frame) throw new Error(`${path} has no frame ${brightest}`);
  return frame.timestampSeconds;
}

const samplesPerSecond = 48_000;
const audible = 0.2;

type RawSound = { frames: { best_effort_timestamp_time: string }[] };

/** When the first loud sample of the first audio track is heard. The track has no gap. */
export async function beepSeconds(path: string): Promise<number> {
  const first = ['-select_streams', 'a:0', '-read_intervals', '%+#4', '-show_frames'];
  const { frames } = await ffprobe<RawSound>([...first, path]);
  const plain = ['-map', '0:a:0', '-ac', '1', '-ar', `${samplesPerSecond}`, '-f', 'f32le', '-'];
  const bytes = await ffmpeg(['-i', path, ...plain]);
  const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  const onset = samples.findIndex((sample) => Math.abs(sample) > audible);
  if (onset < 0) throw new Error(`${path} is silent`);
  return Number(frames[0]?.best_effort_timestamp_time) + onset / samplesPerSecond;
}
