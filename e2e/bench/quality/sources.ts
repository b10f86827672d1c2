import { join } from 'node:path';
import { fromBytes, type Picture } from '../../../models/test/picture.ts';
import { clip } from '../../clips/index.ts';
import { ffmpeg } from '../../reference/ffmpeg.ts';

/** A part of a clip as truth; sides are multiples of 8, so that a quarter still has even ones. */
export interface Scene {
  readonly clip: string;
  readonly startSeconds: number;
  readonly width: number;
  readonly height: number;
}

/** Fast film, a street camera, animation. */
export const scenes: readonly Scene[] = [
  { clip: 'real/bikes', startSeconds: 2, width: 640, height: 272 },
  { clip: 'real/vtest', startSeconds: 5, width: 768, height: 576 },
  { clip: 'real/bigbuckbunny', startSeconds: 2, width: 640, height: 360 },
];

export type SourceKind = 'clean' | 'x264 CRF 23';

export interface Pair {
  readonly truth: Picture;
  readonly small: Picture;
}

/** Compressed as one sequence, of which few frames are measured: single frames would compress otherwise. */
const sequenceFrames = 24;

const exact = 'accurate_rnd+full_chroma_int+full_chroma_inp';
const lossless = ['-c:v', 'ffv1', '-pix_fmt', 'gbrp'];
const x264 = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '23', '-pix_fmt', 'yuv420p'];

/** `frames` pairs of a frame and its bicubic reduction by `factor`, reduced before it is compressed. */
export async function pairsOf(
  scene: Scene,
  factor: number,
  kind: SourceKind,
  frames: number,
  folder: string,
): Promise<Pair[]> {
  const { width, height } = scene;
  const truthFile = join(folder, 'truth.mkv');
  const smallFile = join(folder, 'small.mkv');
  const crop = `crop=${width}:${height},scale=flags=${exact},format=gbrp`;
  const start = ['-ss', String(scene.startSeconds), '-i', await clip(scene.clip)];
  const count = ['-frames:v', String(sequenceFrames)];
  await ffmpeg([...start, '-an', '-vf', crop, ...count, ...lossless, truthFile]);
  const small = { width: width / factor, height: height / factor };
  const reduce = `scale=${small.width}:${small.height}:flags=bicubic+${exact},format=gbrp`;
  const codec = kind === 'clean' ? lossless : x264;
  const convert = kind === 'clean' ? reduce : `${reduce},scale=flags=${exact}`;
  await ffmpeg(['-i', truthFile, '-vf', convert, ...codec, smallFile]);
  const [truths, smalls] = [
    await readPictures(truthFile, width, height, frames),
    await readPictures(smallFile, small.width, small.height, frames),
  ];
  return smalls.map((picture, position) => {
    const truth = truths[position];
    if (!truth) throw new Error(`${scene.clip} has fewer frames than ${frames}`);
    return { truth, small: picture };
  });
}

async function readPictures(
  path: string,
  width: number,
  height: number,
  frames: number,
): Promise<Picture[]> {
  const step = Math.floor(sequenceFrames / frames);
  const pick = `select=not(mod(n-${Math.floor(step / 2)}\\,${step})),scale=flags=${exact},format=rgb24`;
  const output = ['-vf', pick, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-'];
  const bytes = await ffmpeg(['-i', path, ...output]);
  const length = 3 * width * height;
  return Array.from({ length: Math.min(frames, bytes.length / length) }, (_, position) =>
    fromBytes(bytes.subarray(position * length, (position + 1) * length), width, height),
  );
}
