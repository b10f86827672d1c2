import { expect, test } from '../driver/flow.ts';
import { largestColourError, probeVideo } from '../reference/index.ts';

test.describe('12.2 rotation, pixel aspect and odd sizes', () => {
  for (const [name, rotationDegrees, mirrored] of [
    ['rotated-90', 90, false],
    ['rotated-180', 180, false],
    ['mirrored', 0, true],
  ] as const) {
    for (const container of ['mp4', 'mkv']) {
      test(`12.2.1 ${name} keeps its orientation in ${container}`, async ({ enhanced }) => {
        const { path, source } = await enhanced(name, { output: { container } });
        const before = await probeVideo(source);
        expect(before).toMatchObject({ rotationDegrees, mirrored });
        const after = await probeVideo(path);
        // ffmpeg 5.1 reads no orientation from Matroska; there ClearReel's own reader is the only witness.
        if (container === 'mp4') expect(after).toMatchObject({ rotationDegrees, mirrored });
        expect(after).toMatchObject({ width: before.width * 2, height: before.height * 2 });
      });
    }
  }

  for (const name of ['wide-pixels', 'wide-pixels-mkv']) {
    test(`12.2.2 ${name} keeps its pixel aspect exactly`, async ({ enhanced }) => {
      const { path } = await enhanced(name);
      expect(await probeVideo(path)).toMatchObject({
        width: 180,
        height: 144,
        pixelAspect: '16:11',
      });
    });
  }

  for (const name of ['odd-vp9', 'odd-av1']) {
    test(`12.2.3 an odd size stays odd where the codec holds it (${name})`, async ({
      enhanced,
    }) => {
      const codec = name === 'odd-vp9' ? 'vp9' : 'av1';
      const { path, notices } = await enhanced(name, {
        enhance: { target: { kind: 'factor', factor: 1 } },
        output: { codec },
      });
      expect(await probeVideo(path)).toMatchObject({ width: 97, height: 53 });
      expect(notices).toEqual([]);
    });
  }

  test('12.2.4 an odd size is rounded up for H.264, and said so', async ({ enhanced }) => {
    const { path, notices } = await enhanced('odd-h264', {
      enhance: { target: { kind: 'factor', factor: 1 } },
    });
    expect(await probeVideo(path)).toMatchObject({ width: 98, height: 54 });
    expect(notices).toMatchObject([{ code: 'SIZE_ROUNDED' }]);
    expect(notices[0]?.message).toContain('97×53 is rounded up to 98×54');
  });

  test('12.2.5 a picture that its coded size pads is cropped as the source says', async ({
    enhanced,
  }) => {
    const { path } = await enhanced('padded-h264');
    expect(await probeVideo(path)).toMatchObject({ width: 196, height: 108 });
  });
});

/**
 * Large, finely coded and without a model, whose sharpening rings at the bars' edges: coding errors stay in the rim,
 * and colour alone is compared.
 */
const large = {
  enhance: { model: 'none', target: { kind: 'factor', factor: 4 } },
  output: { quality: 100 },
};

const bt709 = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' };

test.describe('12.3 colour', () => {
  for (const name of ['bt601', 'bt709', 'full-range', 'untagged', 'bt709-vp9', 'ten-bit']) {
    test(`12.3.1 ${name} shows the same colours, tagged as what they are`, async ({ enhanced }) => {
      const { source, path } = await enhanced(name, large);
      expect(await largestColourError(source, path)).toBeLessThan(2);
      expect((await probeVideo(path)).colour).toEqual(bt709);
    });
  }

  for (const output of [
    { container: 'mkv', codec: 'avc' },
    { container: 'mov', codec: 'av1' },
  ]) {
    test(`12.3.2 colours and tags hold in ${output.container} with ${output.codec}`, async ({
      enhanced,
    }) => {
      const { source, path } = await enhanced('bt601', {
        ...large,
        output: { ...large.output, ...output },
      });
      expect(await largestColourError(source, path)).toBeLessThan(2);
      expect((await probeVideo(path)).colour).toEqual(bt709);
    });
  }

  test('12.3.3 fewer bits than the source has are announced', async ({ enhanced }) => {
    const { notices } = await enhanced('ten-bit', large);
    expect(notices).toMatchObject([{ code: 'BIT_DEPTH_REDUCED' }]);
  });

  test('12.3.4 transparency that is not kept is announced', async ({ enhanced }) => {
    const { notices } = await enhanced('alpha-vp9');
    expect(notices).toMatchObject([{ code: 'ALPHA_DROPPED' }]);
  });

  test('12.3.5 HDR is refused unless its conversion is asked for, and then announced', async ({
    enhanced,
  }) => {
    await expect(enhanced('hdr-pq')).rejects.toMatchObject({ code: 'SOURCE_HDR' });
    const { path, notices } = await enhanced('hdr-pq', { output: { hdr: 'convert' } });
    expect(notices).toMatchObject([{ code: 'HDR_CONVERTED' }]);
    expect((await probeVideo(path)).colour).toEqual(bt709);
  });
});
