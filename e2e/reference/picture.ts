import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ffmpeg } from './ffmpeg.ts';
import { probeVideo, type VideoStream } from './probe.ts';

/** Red, green and blue bytes, row by row. */
export type RgbPicture = { width: number; height: number; data: Buffer };

/**
 * One decoded frame as RGB, neither rotated nor stretched to its pixel aspect.
 * The stream's tags say matrix and range; without tags it is BT.601 up to 576 lines, else BT.709,
 * as browsers guess.
 */
export async function rgbFrame(path: string, index: number): Promise<RgbPicture> {
  const video = await probeVideo(path);
  const { width, height } = video;
  const convert = `scale=in_color_matrix=${matrixOf(video)}:flags=bilinear+accurate_rnd+full_chroma_int+full_chroma_inp`;
  const filter = ['-vf', `select=eq(n\\,${index}),${convert},format=rgb24`];
  const output = [...filter, '-frames:v', '1', '-f', 'rawvideo', '-'];
  const data = await ffmpeg(['-noautorotate', '-i', path, '-map', '0:v:0', ...output]);
  if (data.length !== width * height * 3) throw new Error(`${path} has no frame ${index}`);
  return { width, height, data };
}

/** Matrix that a stream is coded with, in ffmpeg's name, by its tags or as browsers guess. */
export function matrixOf({ colour, height }: VideoStream): string {
  if (colour.matrix === 'bt2020nc') return 'bt2020';
  if (['bt709', 'smpte170m', 'bt470bg', 'fcc', 'smpte240m'].includes(colour.matrix)) {
    return colour.matrix;
  }
  return height > 576 ? 'bt709' : 'smpte170m';
}

/** Writes a picture to look at. */
export async function writePng({ width, height, data }: RgbPicture, path: string): Promise<void> {
  const input = ['-f', 'rawvideo', '-pixel_format', 'rgb24', '-video_size', `${width}x${height}`];
  const args = ['-v', 'error', '-y', ...input, '-i', '-', '-frames:v', '1', path];
  const child = spawn('ffmpeg', args, { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(data);
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new Error(`ffmpeg could not write ${path}`);
}
