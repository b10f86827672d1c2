import { describe, expect, test } from 'vitest';
import { ffmpeg, ffprobe, runTool } from '../reference/ffmpeg.ts';
import { probeVideo } from '../reference/index.ts';
import { clip } from './index.ts';

const video = async (name: string) => probeVideo(await clip(name));

describe('clips', () => {
  test.each([
    ['odd-vp9', 'vp9'],
    ['odd-av1', 'av1'],
    ['odd-h264', 'h264'],
  ])('%s is 97×53 in %s', async (name, codec) => {
    expect(await video(name)).toMatchObject({ width: 97, height: 53, codec });
  });

  test('padded-h264 shows less than it codes', async () => {
    const path = await clip('padded-h264');
    const copy = ['-c', 'copy', '-bsf:v', 'trace_headers', '-f', 'null', '-'];
    const { stderr } = await runTool('ffmpeg', ['-nostdin', '-i', path, ...copy]);
    expect(stderr).toMatch(/pic_width_in_mbs_minus1 .* = 6$/m);
    expect(stderr).toMatch(/pic_height_in_map_units_minus1 .* = 3$/m);
    expect(await probeVideo(path)).toMatchObject({ width: 98, height: 54 });
  });

  test.each([
    ['rotated-90', 90],
    ['rotated-180', 180],
  ])('%s turns by %i degrees clockwise', async (name, rotationDegrees) => {
    expect(await video(name)).toMatchObject({ width: 96, rotationDegrees, mirrored: false });
  });

  test('mirrored is mirrored left to right and not turned', async () => {
    expect(await video('mirrored')).toMatchObject({ rotationDegrees: 0, mirrored: true });
  });

  test.each(['wide-pixels', 'wide-pixels-mkv'])('%s has a pixel aspect of 16:11', async (name) => {
    expect(await video(name)).toMatchObject({ width: 90, height: 72, pixelAspect: '16:11' });
  });

  test('size-changes has frames of two sizes', async () => {
    const { frames } = await ffprobe<{ frames: { width: number }[] }>([
      ...['-select_streams', 'v:0', '-show_frames', await clip('size-changes')],
    ]);
    expect(frames.map((frame) => frame.width)).toEqual([
      ...new Array(25).fill(96),
      ...new Array(25).fill(64),
    ]);
  });

  test('interlaced-h264 is interlaced, top field first', async () => {
    expect((await video('interlaced-h264')).fieldOrder).toBe('tt');
  });

  test('alpha-vp9 has an alpha plane that grows to the right', async () => {
    const alpha = ['-vf', 'alphaextract', '-frames:v', '1', '-f', 'rawvideo', '-'];
    const plane = await ffmpeg(['-c:v', 'libvpx-vp9', '-i', await clip('alpha-vp9'), ...alpha]);
    expect(plane).toHaveLength(96 * 54);
    expect([plane[0], plane[48], plane[95]]).toEqual([
      expect.toSatisfy((value) => value < 20),
      expect.toSatisfy((value) => value > 100 && value < 156),
      expect.toSatisfy((value) => value > 235),
    ]);
  });
});
