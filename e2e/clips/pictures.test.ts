import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ffprobe } from '../reference/ffmpeg.ts';
import { frameTimes, probeVideo } from '../reference/index.ts';
import { clip } from './index.ts';
import { unzipped } from './zip.ts';

const pictures = async (name: string, pattern: string) =>
  join(await unzipped(await clip(name)), pattern);

describe('pictures', () => {
  test('pictures-png is a folder of twelve, with strangers beside it', async () => {
    const folder = await unzipped(await clip('pictures-png'));
    expect((await readdir(folder)).sort()).toEqual(['Reel', '__MACOSX']);
    expect(await readdir(join(folder, 'Reel'))).toHaveLength(14);
    expect(await frameTimes(join(folder, 'Reel/shot_%d.png'))).toHaveLength(12);
  });

  test.each([
    ['bars-png', '%04d.png', { codec: 'png', pixelFormat: 'rgb24' }],
    ['bars-jpeg', '%04d.jpg', { codec: 'mjpeg', pixelFormat: 'yuvj420p' }],
    ['bars-webp', '%04d.webp', { codec: 'webp', pixelFormat: 'yuv420p' }],
    ['pictures-alpha', '%d.png', { codec: 'png', pixelFormat: 'rgba' }],
  ])('%s is what it is called', async (name, pattern, wanted) => {
    expect(await probeVideo(await pictures(name, pattern))).toMatchObject({
      ...{ width: 96, height: 54 },
      ...wanted,
    });
  });

  test('pictures-turned are stored as 96×54 and turned by EXIF', async () => {
    const { frames } = await ffprobe<{ frames: { width: number; tags: object }[] }>([
      ...['-show_frames', await pictures('pictures-turned', '1.jpg')],
    ]);
    expect(frames[0]).toMatchObject({ width: 96, tags: { Orientation: '    6' } });
  });
});
