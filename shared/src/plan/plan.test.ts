import { describe, expect, test } from 'vitest';
import type { IndexedPacket } from '../media/source.ts';
import { type JobSpec, jobSpecSchema } from '../spec/job-spec.ts';
import { planSegments } from './plan.ts';

/** Frames at 25 a second, a key frame every `keyEvery`. */
const packets = (count: number, keyEvery: number, startSeconds = 0): IndexedPacket[] =>
  Array.from({ length: count }, (_, frame) => ({
    timestampSeconds: startSeconds + frame / 25,
    durationSeconds: 1 / 25,
    isKey: frame % keyEvery === 0,
  }));

const spec = (segmentSeconds: number, trim?: JobSpec['trim']) =>
  jobSpecSchema.parse({
    version: 1,
    enhance: {},
    output: { container: 'mp4', codec: 'avc', segmentSeconds },
    trim,
  });

describe('12.9 segments', () => {
  test('12.9.1 hold each frame once: each begins where the one before ends', () => {
    const { segments, frameCount } = planSegments(packets(250, 1000), spec(1));
    expect(segments.reduce((sum, segment) => sum + segment.frameCount, 0)).toBe(frameCount);
    expect(frameCount).toBe(250);
    for (const [at, { startSeconds }] of segments.entries()) {
      expect(startSeconds).toBe(at === 0 ? null : segments[at - 1]?.endSeconds);
    }
  });

  test('12.9.2 are cut at the key frame nearest to the wished length', () => {
    const { segments } = planSegments(packets(250, 30), spec(1));
    expect(segments.slice(0, 3).map(({ endSeconds }) => endSeconds)).toEqual([1.2, 2.4, 3.6]);
  });

  test('12.9.3 are cut between other frames where key frames are too far apart', () => {
    const { segments } = planSegments(packets(100, 1000), spec(1));
    expect(segments.map((segment) => segment.frameCount)).toEqual([25, 25, 25, 25]);
  });

  test('12.9.4 are the same whenever they are planned', () => {
    expect(planSegments(packets(250, 12), spec(2))).toEqual(
      planSegments(packets(250, 12), spec(2)),
    );
  });

  test('12.9.5 a trim counts from the origin of a source whose clock starts elsewhere', () => {
    const { segments, frameCount } = planSegments(
      packets(100, 25, 1.4),
      spec(60, { startSeconds: 1, endSeconds: 2 }),
      1.4,
    );
    expect(segments[0]?.startSeconds).toBeCloseTo(2.4);
    expect(frameCount).toBe(25);
  });

  test('12.9.6 a long gap between frames loses none of them', () => {
    const index = [...packets(10, 100), ...packets(10, 100, 20)];
    const { segments } = planSegments(index, spec(1));
    expect(segments.map((segment) => segment.frameCount)).toEqual([10, 10]);
  });
});
