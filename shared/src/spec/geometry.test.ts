import { describe, expect, test } from 'vitest';
import type { VideoFacts } from '../media/facts.ts';
import { outputGeometry } from './geometry.ts';
import type { JobTarget } from './job-spec.ts';

const video = (change: Partial<VideoFacts> = {}) =>
  ({
    width: 640,
    height: 360,
    rotation: 0,
    pixelAspect: { num: 1, den: 1 },
    ...change,
  }) as VideoFacts;

const sizeOf = (change: Partial<VideoFacts>, target: JobTarget) => {
  const { width, height } = outputGeometry(video(change), target, 'vp9');
  return [width, height];
};

describe('11.6 the size of the result', () => {
  test('11.6.1 a factor multiplies both sides, 1.5 too', () => {
    expect(sizeOf({}, { kind: 'factor', factor: 1.5 })).toEqual([960, 540]);
  });

  test('11.6.2 a box is filled by a wide picture', () => {
    expect(sizeOf({ height: 272 }, { kind: 'box', box: '1080p' })).toEqual([1920, 816]);
  });

  test('11.6.3 a box is filled by a 4:3 picture', () => {
    expect(sizeOf({ height: 480 }, { kind: 'box', box: '2160p' })).toEqual([2880, 2160]);
  });

  test('11.6.4 a box is turned for upright pictures', () => {
    expect(sizeOf({ width: 360, height: 640 }, { kind: 'box', box: '1080p' })).toEqual([
      1080, 1920,
    ]);
  });

  test('11.6.5 a box counts pixels as displayed where they are not square', () => {
    const pixelAspect = { num: 64, den: 45 };
    const [width = 0, height = 0] = sizeOf(
      { width: 720, height: 576, pixelAspect },
      { kind: 'box', box: '1080p' },
    );
    expect(height).toBe(1080);
    expect((width * 64) / 45).toBeCloseTo(1920, -1);
  });

  test('11.6.6 both sides of a size are met, and the pixel aspect keeps the picture undistorted', () => {
    const geometry = outputGeometry(video(), { kind: 'size', width: 640, height: 480 }, 'vp9');
    expect(geometry).toMatchObject({ width: 640, height: 480, pixelAspect: { num: 4, den: 3 } });
  });

  test('11.6.7 sides of a size are those that are seen, also when the picture is turned', () => {
    expect(sizeOf({ rotation: 90 }, { kind: 'size', width: 1080, height: 1920 })).toEqual([
      1920, 1080,
    ]);
  });

  test('11.6.8 odd sides are rounded up for H.264 only, and the wished size is told', () => {
    const target = { kind: 'size', width: 641, height: 361 } as const;
    expect(outputGeometry(video(), target, 'av1').roundedFrom).toBeNull();
    expect(outputGeometry(video(), target, 'avc')).toMatchObject({
      width: 642,
      height: 362,
      roundedFrom: { width: 641, height: 361 },
    });
  });
});
