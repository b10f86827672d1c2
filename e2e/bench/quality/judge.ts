import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Picture, RGB } from '../../../models/test/picture.ts';
import { ffmpeg } from '../../reference/ffmpeg.ts';
import { psnr, ssim } from '../../reference/quality.ts';
import { rounded, type Score } from '../figures.ts';

/** Luma PSNR and SSIM by ffmpeg's filters, means over the frames; `pictures` and `truths` pair up. */
export async function judge(
  pictures: readonly Picture[],
  truths: readonly Picture[],
  folder: string,
): Promise<Score> {
  const shown = await asVideo(pictures, join(folder, 'enlarged.mkv'));
  const truth = await asVideo(truths, join(folder, 'wanted.mkv'));
  const [{ mean: psnrDb }, { mean: similarity }] = [
    await psnr(shown, truth),
    await ssim(shown, truth),
  ];
  return { psnrDb: rounded(psnrDb, 2), ssim: rounded(similarity, 4) };
}

async function asVideo(pictures: readonly Picture[], path: string): Promise<string> {
  const [first] = pictures;
  if (!first) throw new RangeError('no pictures');
  const raw = `${path}.rgb`;
  await writeFile(raw, Buffer.concat(pictures.map(toBytes)));
  const size = `${first.width}x${first.height}`;
  const input = ['-f', 'rawvideo', '-pixel_format', 'rgb24', '-video_size', size, '-i', raw];
  await ffmpeg([...input, '-c:v', 'ffv1', '-pix_fmt', 'gbrp', path]);
  return path;
}

function toBytes({ width, height, planes }: Picture): Uint8Array {
  const area = width * height;
  const bytes = new Uint8ClampedArray(RGB * area);
  for (let pixel = 0; pixel < area; pixel++) {
    for (let channel = 0; channel < RGB; channel++) {
      bytes[pixel * RGB + channel] = (planes[channel * area + pixel] ?? 0) * 255;
    }
  }
  return new Uint8Array(bytes.buffer);
}
