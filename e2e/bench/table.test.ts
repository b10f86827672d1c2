import { describe, expect, it } from 'vitest';
import { benchSection, replaceSection } from './table.ts';

const machine = { cores: 2, browser: 'Chromium 156' };
const score = (psnrDb: number) => ({ psnrDb, ssim: psnrDb / 100 });

describe('benchmark table', () => {
  it('replaces only what stands between the marks, and can do so again', () => {
    const readme = 'before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n';
    const once = replaceSection(readme, 'new');
    expect(once).toBe('before\n<!-- bench:begin -->\nnew\n<!-- bench:end -->\nafter\n');
    expect(replaceSection(once, 'new')).toBe(once);
  });

  it('refuses a text without the marks', () => {
    expect(() => replaceSection('no marks', 'new')).toThrow(RangeError);
  });

  it('shows the ratio, what it is made of, the target and the machine', () => {
    const clip = { seconds: 10, idleBytes: 3e8, peakBytes: 4e8, clip: 'a' };
    const figures = {
      model: 'reel-x2',
      repeats: 2,
      short: clip,
      long: { ...clip, seconds: 60, peakBytes: 4.2e8 },
      ratio: 1.05,
    };
    const lines = benchSection({ memory: { machine, figures } }).split('\n');
    expect(lines).toContain(
      '| Memory: peak of all browser processes, a 60 s clip over a 10 s clip | **1.05** (420 MB over 400 MB) | ≤ 1.10 |',
    );
    expect(lines.at(-1)).toContain('2 cores, no GPU, headless Chromium 156');
  });

  it('marks the best score of each quality column', () => {
    const means = { bicubic: score(30), 'reel-x2': score(31.5) };
    const figures = {
      framesPerClip: 1,
      cases: [{ factor: 2, source: 'clean' as const, means, byClip: { one: means } }],
    };
    const text = benchSection({ quality: { machine, figures } });
    expect(text).toContain('| bicubic | 30.00 / 0.300 |');
    expect(text).toContain('| reel-x2 | **31.50** / **0.315** |');
  });
});
