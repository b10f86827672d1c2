import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { boxAt } from '../clips/mp4-boxes.ts';
import { decodeErrors, frameHashes, probe, probeVideo, rgbFrame } from '../reference/index.ts';

const sample = fileURLToPath(new URL('../../web/src/sample/sample.mp4', import.meta.url));
const colour = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' };

describe('app 10. the sample clip', () => {
  test('app 10.10 is 2.5 s of small H.264 with stereo AAC, as the web has them, and says its colours', async () => {
    const { durationSeconds, audio } = await probe(sample);
    expect(durationSeconds).toBe(2.5);
    expect(await probeVideo(sample)).toMatchObject({
      ...{ codec: 'h264', width: 320, height: 180, frameRate: '24/1', pixelFormat: 'yuv420p' },
      colour,
    });
    expect(audio).toMatchObject([{ codec: 'aac', channels: 2 }]);
    expect(await decodeErrors(sample)).toEqual([]);
  });

  test('app 10.11 is at most 250 kB, with its index before its frames', async () => {
    const bytes = await readFile(sample);
    expect(bytes.length).toBeLessThanOrEqual(250_000);
    expect(boxAt(bytes, 'moov').start).toBeLessThan(boxAt(bytes, 'mdat').start);
  });

  test('app 10.12 has fine detail: an edge at one of ten pixels or more', async () => {
    const { width, height, data } = await rgbFrame(sample, 30);
    const green = (x: number, y: number) => data[(y * width + x) * 3 + 1] ?? 0;
    let edges = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 1; x < width; x++) edges += Number(Math.abs(green(x, y) - green(x - 1, y)) > 24);
    }
    expect(edges / (width * height)).toBeGreaterThan(0.1);
  });

  test('app 10.13 moves: each of its 60 frames differs from the others', async () => {
    expect(new Set(await frameHashes(sample)).size).toBe(60);
  });
});
