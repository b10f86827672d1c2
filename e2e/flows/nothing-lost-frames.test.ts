import type { EnhanceClip } from '../driver/flow.ts';
import { expect, test } from '../driver/flow.ts';
import { decodeErrors, frameTimes, probe, probeVideo, psnr } from '../reference/index.ts';

/** What ffprobe prints of a time: microseconds, rounded. */
const printedSeconds = 0.0000011;
const millisecond = 0.00051;

type Result = Awaited<ReturnType<EnhanceClip>>;

async function largestTimeError({ source, path }: Result): Promise<number> {
  const [wanted, found] = [await frameTimes(source), await frameTimes(path)];
  expect(found).toHaveLength(wanted.length);
  return Math.max(
    ...wanted.map(({ timestampSeconds }, position) =>
      Math.abs((found[position]?.timestampSeconds ?? Number.NaN) - timestampSeconds),
    ),
  );
}

/**
 * Frame by frame against the source at its own size. Neighbouring frames of the test card are 23 to 31 dB apart, so
 * that a frame lost, doubled or exchanged at a seam falls below the limit.
 */
async function worstPictureDb({ source, path }: Result): Promise<number> {
  const { width, height } = await probeVideo(source);
  const { perFrame } = await psnr(path, source, { scale: { width, height }, anyMatrix: true });
  expect(perFrame).toHaveLength((await frameTimes(source)).length);
  return Math.min(...perFrame);
}

const clips = {
  'plain-h264': 'with B-frames',
  'ntsc-rate': 'of 30000/1001 frames a second',
  'vfr-mp4': 'of a variable rate in units of 1/90000 s',
  'video-starts-late': 'that starts after its sound',
  'negative-start': 'whose first frames an edit list hides',
  fragmented: 'in fragments',
  'open-gop': 'with open groups of pictures',
  'long-last-frame': 'whose last frame stays longer',
  'one-frame': 'of one frame',
  'audio-longer': 'whose sound is longer',
};

test.describe('12.1 frames and their times', () => {
  for (const [name, what] of Object.entries(clips)) {
    test(`12.1.1 MP4 keeps each frame and its exact time of a video ${what}`, async ({
      enhanced,
    }) => {
      const result = await enhanced(name);
      expect(await largestTimeError(result)).toBeLessThan(printedSeconds);
      expect(await worstPictureDb(result)).toBeGreaterThan(32);
      expect(await decodeErrors(result.path)).toEqual([]);
    });
  }

  for (const name of ['vfr-mkv', 'no-audio', 'late-audio-mkv']) {
    test(`12.1.2 Matroska and WebM keep each frame and its time to the millisecond (${name})`, async ({
      enhanced,
    }) => {
      const result = await enhanced(name);
      expect(await largestTimeError(result)).toBeLessThan(millisecond);
      expect(await worstPictureDb(result)).toBeGreaterThan(32);
      expect(await decodeErrors(result.path)).toEqual([]);
    });
  }

  test('12.1.3 clips are cut into several segments, so that these tests see seams', async ({
    enhanced,
  }) => {
    for (const name of ['plain-h264', 'vfr-mp4', 'open-gop', 'vfr-mkv']) {
      expect((await enhanced(name)).report.segments).toBeGreaterThan(4);
    }
  });

  test('12.1.4 the last frame keeps its duration', async ({ enhanced }) => {
    const last = (await frameTimes((await enhanced('long-last-frame')).path)).at(-1);
    expect(last?.durationSeconds).toBeCloseTo(0.5, 5);
  });

  test('12.1.5 in Matroska a constant rate is stated, so that the last frame has its duration', async ({
    enhanced,
  }) => {
    const { path } = await enhanced('plain-h264', { output: { container: 'mkv' } });
    expect((await probeVideo(path)).frameRate).toBe('25/1');
    expect((await probe(path)).durationSeconds).toBeCloseTo(3, 2);
  });

  test('12.1.6 a transport stream starts at 0 with the distance of picture and sound kept', async ({
    enhanced,
  }) => {
    const { source, path } = await enhanced('h264-ts');
    const [before, after] = [await probe(source), await probe(path)];
    const shift = before.startSeconds;
    const [wanted, found] = [await frameTimes(source), await frameTimes(path)];
    expect(found.map((frame) => frame.timestampSeconds.toFixed(4))).toEqual(
      wanted.map((frame) => (frame.timestampSeconds - shift).toFixed(4)),
    );
    expect(after.audio[0]?.startSeconds).toBeCloseTo(
      (before.audio[0]?.startSeconds ?? 0) - shift,
      4,
    );
  });

  test('12.1.7 a picture that changes its size keeps each frame, at the first size', async ({
    enhanced,
  }) => {
    const { path } = await enhanced('size-changes');
    expect(await frameTimes(path)).toHaveLength(50);
    expect(await probeVideo(path)).toMatchObject({ width: 192, height: 108 });
    expect(await decodeErrors(path)).toEqual([]);
  });
});
