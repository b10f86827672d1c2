import { describe, expect, test } from 'vitest';
import { ffprobe } from '../reference/ffmpeg.ts';
import { probeVideo, rgbFrame } from '../reference/index.ts';
import { clip } from './index.ts';

const video = async (name: string) => probeVideo(await clip(name));

/** RGB at the middle of a bar, away from edges. */
async function rgbAt(name: string, x: number): Promise<number[]> {
  const { width, data } = await rgbFrame(await clip(name), 3);
  const start = (20 * width + x) * 3;
  return [...data.subarray(start, start + 3)];
}

const plain = (name: string) => ({ primaries: name, transfer: name, matrix: name });
const wide = (transfer: string) => ({ primaries: 'bt2020', transfer, matrix: 'bt2020nc' });

describe('clips', () => {
  test.each([
    ['bt601', { ...plain('smpte170m'), range: 'tv' }],
    ['bt709', { ...plain('bt709'), range: 'tv' }],
    ['bt709-vp9', { ...plain('bt709'), range: 'tv' }],
    ['full-range', { ...plain('bt709'), range: 'pc' }],
    ['untagged', { ...plain('unknown'), range: 'unknown' }],
    ['ten-bit', { ...plain('bt709'), range: 'tv' }],
    ['hdr-pq', { ...wide('smpte2084'), range: 'tv' }],
    ['hdr-hlg', { ...wide('arib-std-b67'), range: 'tv' }],
    ['hdr10-hevc', { ...wide('smpte2084'), range: 'tv' }],
  ])('%s carries its colour tags', async (name, colour) => {
    expect((await video(name)).colour).toEqual(colour);
  });

  test.each(['ten-bit', 'hdr-pq', 'hdr-hlg', 'hdr10-hevc'])('%s has 10 bits', async (name) => {
    expect((await video(name)).pixelFormat).toBe('yuv420p10le');
  });

  test.each([
    'bt709',
    'bt709-vp9',
    'full-range',
    'untagged',
    'ten-bit',
    'hdr-pq',
    'hdr-hlg',
    'hdr10-hevc',
  ])('%s shows the same RGB as bt601', async (name) => {
    for (const x of [5, 30, 60, 90]) {
      const [wanted, found] = await Promise.all([rgbAt('bt601', x), rgbAt(name, x)]);
      found.forEach((value, channel) => {
        expect(Math.abs(value - (wanted[channel] ?? 0))).toBeLessThanOrEqual(4);
      });
    }
  });

  test('hdr10-hevc says mastering display and content light level', async () => {
    const { frames } = await ffprobe<{
      frames: { side_data_list?: { side_data_type: string }[] }[];
    }>(['-show_frames', '-read_intervals', '%+#1', await clip('hdr10-hevc')]);
    const kinds = frames[0]?.side_data_list?.map((each) => each.side_data_type);
    expect(kinds).toContain('Mastering display metadata');
    expect(kinds).toContain('Content light level metadata');
  });
});
