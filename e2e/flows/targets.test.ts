import { expect, test } from '../driver/flow.ts';
import {
  decodeErrors,
  probe,
  probeVideo,
  psnr,
  rgbFrame,
  signalShift,
} from '../reference/index.ts';

const factors = [1, 2, 3, 4] as const;

test.describe('11 targets', () => {
  for (const factor of factors) {
    test(`11.1 ×${factor} gives ${factor} times the source's size, nothing moved`, async ({
      enhanced,
    }) => {
      const { source, path } = await enhanced('padded-h264', {
        enhance: { target: { kind: 'factor', factor } },
      });
      expect(await probeVideo(path)).toMatchObject({ width: 98 * factor, height: 54 * factor });
      const shift = signalShift(await rgbFrame(source, 10), await rgbFrame(path, 10));
      for (const { x, y } of Object.values(shift)) {
        expect(Math.abs(x)).toBeLessThan(0.1);
        expect(Math.abs(y)).toBeLessThan(0.1);
      }
    });
  }

  const boxes = [
    ['1080p', 'one-frame', 1920, 1080],
    ['1440p', 'one-frame', 2560, 1440],
    ['2160p', 'one-frame', 3840, 2160],
  ] as const;
  for (const [box, name, width, height] of boxes) {
    test(`11.2 ${box} gives ${width}×${height} from a 16:9 source`, async ({ enhanced }) => {
      const { path } = await enhanced(name, { enhance: { target: { kind: 'box', box } } });
      expect(await probeVideo(path)).toMatchObject({ width, height, pixelAspect: '1:1' });
    });
  }

  test('11.3 an exact size is exact', async ({ enhanced }) => {
    const { source, path } = await enhanced('tiny', {
      enhance: { target: { kind: 'size', width: 160, height: 90 } },
    });
    expect(await probeVideo(path)).toMatchObject({ width: 160, height: 90, pixelAspect: '1:1' });
    expect(
      (await psnr(path, source, { scale: { width: 32, height: 18 }, anyMatrix: true })).mean,
    ).toBeGreaterThan(27);
  });

  test('11.4 an exact size of another shape keeps the picture undistorted by its pixel aspect', async ({
    enhanced,
  }) => {
    const { path } = await enhanced('tiny', {
      enhance: { target: { kind: 'size', width: 128, height: 96 } },
    });
    expect(await probeVideo(path)).toMatchObject({ width: 128, height: 96, pixelAspect: '4:3' });
  });

  test('11.5 one side alone keeps the aspect, and counts as seen when the picture is turned', async ({
    enhanced,
  }) => {
    const { path } = await enhanced('rotated-90', {
      enhance: { target: { kind: 'size', width: 108 } },
    });
    expect(await probeVideo(path)).toMatchObject({ width: 192, height: 108, rotationDegrees: 90 });
  });
});

const matrix = {
  mp4: ['avc', 'vp9', 'av1'],
  mov: ['avc', 'vp9', 'av1'],
  mkv: ['avc', 'vp9', 'av1'],
  webm: ['vp9', 'av1'],
};
const ffmpegNames: Record<string, string> = { avc: 'h264', vp9: 'vp9', av1: 'av1' };
const demuxers: Record<string, string> = {
  mp4: 'mov,mp4',
  mov: 'mov,mp4',
  mkv: 'matroska',
  webm: 'matroska,webm',
};

test.describe('12.7 containers and codecs', () => {
  for (const [container, codecs] of Object.entries(matrix)) {
    for (const codec of codecs) {
      test(`12.7.1 ${codec} in ${container} decodes without an error, in every segment`, async ({
        enhanced,
      }) => {
        const { path } = await enhanced('tiny', {
          output: { container, codec, segmentSeconds: 0.2 },
        });
        const found = await probe(path);
        expect(found.video).toMatchObject([{ codec: ffmpegNames[codec], width: 64, height: 36 }]);
        expect(found.format).toContain(demuxers[container]);
        expect(await decodeErrors(path)).toEqual([]);
      });
    }
  }

  test('12.7.2 a codec that the container cannot hold is refused before the start', async ({
    enhanced,
  }) => {
    const output = { container: 'webm', codec: 'avc' };
    await expect(enhanced('tiny', { output })).rejects.toMatchObject({
      code: 'CONTAINER_CODEC',
      message: expect.stringContaining('vp9, av1'),
    });
  });
});

/** Encoded again at its own size without a model, so that nothing but the codec changes the picture. */
const coded = (codec: string, quality: number) => ({
  trim: { endSeconds: 1 },
  enhance: { model: 'none', target: { kind: 'factor', factor: 1 } },
  output: { container: 'mkv', codec, quality },
});

test.describe('12.8 one quality setting', () => {
  for (const quality of [25, 50, 75, 100]) {
    test(`12.8.1 quality ${quality} means the same in H.264, VP9 and AV1, to 2.5 dB`, async ({
      enhanced,
    }) => {
      const found: number[] = [];
      for (const codec of ['avc', 'vp9', 'av1']) {
        const { source, path } = await enhanced('real/bikes', coded(codec, quality));
        found.push((await psnr(path, source, { anyMatrix: true })).mean);
      }
      expect(Math.max(...found) - Math.min(...found)).toBeLessThan(2.5);
    });
  }

  for (const codec of ['avc', 'vp9', 'av1']) {
    test(`12.8.2 more quality is more quality in ${codec}`, async ({ enhanced }) => {
      const found: number[] = [];
      for (const quality of [25, 50, 75, 100]) {
        const { source, path } = await enhanced('real/bikes', coded(codec, quality));
        found.push((await psnr(path, source, { anyMatrix: true })).mean);
      }
      expect(found).toEqual(found.toSorted((a, b) => a - b));
    });
  }
});
