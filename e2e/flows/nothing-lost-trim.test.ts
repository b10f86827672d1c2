import { expect, test } from '../driver/flow.ts';
import { beepSeconds, flashSeconds, frameTimes, packets } from '../reference/index.ts';

/** Bounds between frames and off key frames. */
const trims = {
  'a start': { startSeconds: 0.53 },
  'an end': { endSeconds: 1.77 },
  'a start and an end': { startSeconds: 0.53, endSeconds: 1.77 },
};

test.describe('12.6 trim by time', () => {
  for (const [what, trim] of Object.entries(trims)) {
    test(`12.6.1 ${what} keeps exactly the frames inside, from time 0`, async ({ enhanced }) => {
      const { source, path } = await enhanced('plain-h264', { trim });
      const { startSeconds = 0, endSeconds = 99 } = trim as Record<string, number>;
      const inside = (await frameTimes(source))
        .map(({ timestampSeconds }) => timestampSeconds)
        .filter((time) => startSeconds <= time && time < endSeconds);
      const found = (await frameTimes(path)).map(({ timestampSeconds }) => timestampSeconds);
      expect(found.map((time) => time.toFixed(4))).toEqual(
        inside.map((time) => (time - startSeconds).toFixed(4)),
      );
    });
  }

  for (const output of [
    { container: 'mp4' },
    { container: 'mkv' },
    { container: 'webm', codec: 'vp9' },
  ]) {
    test(`12.6.2 sound stays in sync after a trim off key frames (${output.container})`, async ({
      enhanced,
    }) => {
      const { path } = await enhanced('flash-and-beep', {
        trim: { startSeconds: 0.51, endSeconds: 1.49 },
        output,
      });
      expect(await flashSeconds(path)).toBeCloseTo(0.49, 3);
      expect(await beepSeconds(path)).toBeCloseTo(0.49, 2);
    });
  }

  test('12.6.3 sound is still copied, not re-encoded', async ({ enhanced }) => {
    const { source, path } = await enhanced('plain-h264', {
      trim: { startSeconds: 0.53, endSeconds: 1.77 },
    });
    const all = new Set((await packets(source, 'a:0')).map(({ sha256 }) => sha256));
    const kept = await packets(path, 'a:0');
    expect(kept.length).toBeGreaterThan(50);
    expect(kept.every(({ sha256 }) => all.has(sha256))).toBe(true);
  });

  test('12.6.4 a trim without a frame is refused', async ({ enhanced }) => {
    await expect(enhanced('plain-h264', { trim: { startSeconds: 7 } })).rejects.toMatchObject({
      code: 'SPEC_INVALID',
    });
  });
});
