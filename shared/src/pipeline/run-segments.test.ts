import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { MediaSource } from '../media/source.ts';
import type { PlannedSegment } from '../plan/plan.ts';
import { MemoryFolder } from '../segments/memory-folder.testing.ts';
import { SegmentStore } from '../segments/segment-store.ts';
import {
  type DecoderFault,
  type EncoderFault,
  type EnhancerFault,
  FakeEncoders,
  FakeEnhancer,
  FakeSource,
  SampleCounter,
} from './faults.testing.ts';
import { noSeconds } from './progress.ts';
import { contiguousRuns, runSegments } from './run-segments.ts';

/** Segments of five frames each, at ten frames a second. */
const plan = (count: number): PlannedSegment[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    startSeconds: index === 0 ? null : index / 2,
    endSeconds: index === count - 1 ? null : (index + 1) / 2,
    frameCount: 5,
  }));

interface Faults {
  readonly decoder?: DecoderFault;
  readonly enhancer?: EnhancerFault;
  readonly encoder?: EncoderFault;
  readonly freeBytes?: number;
}

/** Twenty frames in four segments, with what may go wrong on the way. */
function setUp({ decoder, enhancer, encoder, freeBytes }: Faults = {}) {
  const samples = new SampleCounter();
  const source = new FakeSource(samples, 20, decoder);
  const folder = new MemoryFolder();
  if (freeBytes !== undefined) folder.freeBytes = freeBytes;
  const store = new SegmentStore(folder);
  const enhancing = new FakeEnhancer(samples, enhancer);
  const encoders = new FakeEncoders(encoder);
  const controller = new AbortController();
  const finished: [index: number, frames: number][] = [];
  const run = (segments = plan(4), signal = controller.signal) =>
    runSegments({
      source: source as unknown as MediaSource,
      segments,
      enhancer: enhancing,
      openEncoder: encoders.open,
      store,
      provider: 'wasm',
      codecString: 'test',
      stallSeconds: 3,
      seconds: noSeconds(),
      signal,
      onFrame() {},
      onSegment: ({ index }, frames) => finished.push([index, frames]),
    });
  return { samples, source, folder, store, enhancing, encoders, controller, finished, run };
}

type Scene = ReturnType<typeof setUp>;

/** Nothing is alive, nothing was freed twice, and nothing was freed under a frame that was being worked on. */
function expectNothingLeft({ samples, encoders, enhancing }: Scene): void {
  expect(samples).toMatchObject({ live: 0, closedTwice: 0 });
  expect(encoders.closed).toBe(encoders.opened);
  expect(enhancing.resetsWhileRunning).toBe(0);
}

/** The run's error, with time passing as fast as it can. */
async function failureOf(running: Promise<void>): Promise<unknown> {
  const outcome = running.then(
    () => 'completed',
    (error) => error,
  );
  await vi.advanceTimersByTimeAsync(10_000);
  return outcome;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('10. running segments', () => {
  it('10.50 stores every frame once, in its segment, with the exact stamps of the source', async () => {
    const scene = setUp();
    expect(await failureOf(scene.run())).toBe('completed');
    for (const { index } of plan(4)) {
      const packets = (await scene.store.get(index))?.packets ?? [];
      const expected = Array.from({ length: 5 }, (_, frame) => (index * 5 + frame) / 10);
      expect(packets.map(({ timestampSeconds }) => timestampSeconds)).toEqual(expected);
      expect(packets.map(({ data }) => Number(new TextDecoder().decode(data)))).toEqual(expected);
    }
    expectNothingLeft(scene);
  });

  it('10.51 runs neighbours in one decoder pass, and seeks only over what is there already', async () => {
    const scene = setUp();
    const segments = plan(4).filter(({ index }) => index !== 1);
    expect(await failureOf(scene.run(segments))).toBe('completed');
    expect(scene.source.passes).toBe(2);
    expect(scene.finished).toEqual([0, 2, 3].map((index) => [index, 5]));
    expect(await scene.store.complete()).toEqual([0, 2, 3]);
  });

  it('10.52 whichever segments are missing, the runs hold each once and are free of gaps', () => {
    fc.assert(
      fc.property(fc.subarray(plan(12)), (segments) => {
        const runs = contiguousRuns(segments);
        expect(runs.flat()).toEqual(segments);
        for (const [position, run] of runs.entries()) {
          const first = run[0]?.index ?? 0;
          expect(run.map(({ index }) => index)).toEqual(run.map((_, step) => first + step));
          const before = runs[position - 1]?.at(-1)?.index;
          if (before !== undefined) expect(first).toBeGreaterThan(before + 1);
        }
      }),
    );
  });

  it('10.53 counts what was reused for the segment in which it was', async () => {
    const scene = setUp();
    await failureOf(scene.run());
    for (const { index } of plan(4)) {
      expect((await scene.store.describe(index))?.stats.tiles).toBe(5);
    }
  });

  it('10.54 keeps a segment without a single frame as an empty one, so that it is not tried for ever', async () => {
    const scene = setUp({ decoder: { at: 8, kind: 'ends' } });
    expect(await failureOf(scene.run())).toBe('completed');
    expect(scene.finished).toEqual([
      [0, 5],
      [1, 3],
      [2, 0],
      [3, 0],
    ]);
    expectNothingLeft(scene);
  });
});

const failures: readonly [what: string, faults: Faults, code: string, whole: number[]][] = [
  ['a decoder that fails', { decoder: { at: 12, kind: 'fails' } }, 'DECODER_FAILED', [0]],
  ['a model that fails', { enhancer: { at: 12, kind: 'fails' } }, 'INFERENCE_FAILED', [0, 1]],
  ['an encoder that fails', { encoder: { at: 12, kind: 'fails' } }, 'ENCODER_FAILED', [0, 1]],
  ['an encoder that does not open', { encoder: { kind: 'does not open' } }, 'ENCODER_FAILED', []],
  ['an encoder that loses a packet', { encoder: { kind: 'loses a packet' } }, 'ENCODER_FAILED', []],
  ['a disk that is full', { freeBytes: 600 }, 'STORAGE_FULL', [0, 1]],
];

const hangs: readonly [what: string, faults: Faults, stage: string][] = [
  ['decoder', { decoder: { at: 7, kind: 'hangs' } }, 'decode'],
  ['model', { enhancer: { at: 7, kind: 'hangs' } }, 'enhance'],
  ['encoder', { encoder: { at: 7, kind: 'hangs' } }, 'encode'],
  ['encoder at its end', { encoder: { kind: 'hangs at the end' } }, 'encode'],
];

describe('10. a failure while segments run', () => {
  it.each(failures)(
    '10.55 %s ends the run with its code; whole segments stay, all else is freed',
    async (_, faults, code, whole) => {
      const scene = setUp(faults);
      expect(await failureOf(scene.run())).toMatchObject({ code });
      expect(await scene.store.complete()).toEqual(whole);
      expectNothingLeft(scene);
    },
  );

  it('10.56 a second run goes on from the whole segments and completes the job', async () => {
    const scene = setUp({ encoder: { at: 12, kind: 'fails' } });
    await failureOf(scene.run());
    const done = await scene.store.complete();
    expect(done).toEqual([0, 1]);
    expect(await failureOf(scene.run(plan(4).filter(({ index }) => !done.includes(index))))).toBe(
      'completed',
    );
    expect(await scene.store.complete()).toEqual([0, 1, 2, 3]);
    expectNothingLeft(scene);
  });
});

describe('15. a stage that hangs', () => {
  it.each(hangs)(
    '15.20 a %s that hangs ends the run with the name of its stage',
    async (_, faults, stage) => {
      const scene = setUp(faults);
      expect(await failureOf(scene.run())).toMatchObject({
        code: 'STAGE_STALLED',
        message: `The stage “${stage}” made no progress for 3 s.`,
      });
      expect(scene.encoders.closed).toBe(scene.encoders.opened);
    },
  );
});

describe('14. frames while segments run', () => {
  it('14.20 only a few are alive at a time, however many there are', async () => {
    const scene = setUp();
    await failureOf(scene.run());
    expect(scene.samples.peak).toBeLessThanOrEqual(8);
    expectNothingLeft(scene);
  });

  it('14.21 a cancel at whichever moment frees every frame and every encoder', async () => {
    for (let milliseconds = 0; milliseconds <= 24; milliseconds++) {
      const scene = setUp();
      const running = scene.run().then(
        () => 'completed',
        (error) => error.code,
      );
      await vi.advanceTimersByTimeAsync(milliseconds);
      scene.controller.abort(new ClearReelError('CANCELLED'));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(['CANCELLED', 'completed']).toContain(await running);
      expectNothingLeft(scene);
      expect(scene.source.endedPasses).toBe(scene.source.passes);
    }
  });

  it('14.22 a run that is cancelled before it starts opens nothing', async () => {
    const scene = setUp();
    const signal = AbortSignal.abort(new ClearReelError('CANCELLED'));
    expect(await failureOf(scene.run(plan(4), signal))).toMatchObject({ code: 'CANCELLED' });
    expect([scene.source.passes, scene.encoders.opened]).toEqual([0, 0]);
  });
});
