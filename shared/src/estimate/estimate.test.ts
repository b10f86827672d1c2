import { describe, expect, it } from 'vitest';
import { estimateJob } from './estimate-job.ts';
import type { Figures } from './figures.ts';
import type { JobFacts, SourceSample } from './job-facts.ts';
import { learnedPace } from './learn.ts';
import { allModels, jobOf, measured, sourceFacts } from './samples.test-kit.ts';
import { overlappedSeconds, workSeconds } from './stage-seconds.ts';

const estimate = (job: JobFacts, figures: Figures = measured()) =>
  estimateJob(job, figures, allModels);

const runSeconds = (job: JobFacts, figures: Figures = measured()) =>
  overlappedSeconds(workSeconds(job, figures, allModels), figures);

const sampled = (job: JobFacts, sample: Partial<SourceSample>): JobFacts => ({
  ...job,
  sample: {
    ...{ decodeSecondsPerFrame: 0, heldShare: 0, unchangedShare: 0 },
    maxTilePixels: job.maxTilePixels,
    ...sample,
  },
});

describe('app 7. time', () => {
  it('app 7.20 is the model’s on every pixel, and a little around it', () => {
    const modelSeconds = 250 * 1.28 * 0.72;
    const { seconds, framesPerSecond, frames } = estimate(jobOf());
    expect(seconds).toBeGreaterThan(modelSeconds);
    expect(seconds).toBeLessThan(modelSeconds * 1.15);
    expect(framesPerSecond).toBeCloseTo(frames / runSeconds(jobOf()));
  });

  it('app 7.21 grows with the frames, and a trim takes its part away', () => {
    const trimmed = jobOf({ trim: { startSeconds: 2, endSeconds: 7 } });
    expect(trimmed.frames).toBe(125);
    expect(runSeconds(trimmed)).toBeCloseTo(runSeconds(jobOf()) / 2);
  });

  it('app 7.22 is that of the slowest stage where the GPU does the work', () => {
    const slowEncoder = { encodeSecondsPerMegapixel: 3, decodeSecondsPerMegapixel: 0 };
    const figures = measured({ provider: 'webgpu', codecs: { 'webcodecs avc': slowEncoder } });
    const work = workSeconds(jobOf(), figures, allModels);
    expect(work.encode).toBeGreaterThan(work.inference);
    expect(runSeconds(jobOf(), figures)).toBeCloseTo(work.encode);
  });

  it('app 7.23 counts that the processor does all of it', () => {
    const encoder = { encodeSecondsPerMegapixel: 0.2, decodeSecondsPerMegapixel: 0 };
    const codecs = { 'webcodecs avc': encoder };
    const onCpu = runSeconds(jobOf(), measured({ codecs }));
    const onGpu = runSeconds(jobOf(), measured({ provider: 'webgpu', codecs }));
    expect(onCpu).toBeGreaterThan(onGpu * 1.2);
  });

  it('app 7.24 counts the halos of small tiles', () => {
    const inTiles = jobOf({ maxTilePixels: 128 * 128 });
    expect(runSeconds(inTiles)).toBeGreaterThan(runSeconds(jobOf()) * 1.2);
  });

  it('app 7.25 leaves out frames and tiles that are only repeated', () => {
    const { inference } = workSeconds(jobOf(), measured(), allModels);
    const inferenceOf = (sample: Partial<SourceSample>) =>
      workSeconds(sampled(jobOf(), sample), measured(), allModels).inference;
    expect(inferenceOf({ heldShare: 0.75 })).toBeCloseTo(inference / 4);
    expect(inferenceOf({ unchangedShare: 0.5 })).toBeCloseTo(inference / 2);
    const computed = sampled(jobOf({ enhance: { reuse: false } }), { heldShare: 0.75 });
    expect(workSeconds(computed, measured(), allModels).inference).toBeCloseTo(inference);
  });

  it('app 7.26 counts the resampling to another size and the mixing of less strength', () => {
    const larger = jobOf({ enhance: { target: { kind: 'factor', factor: 3 } } });
    const weaker = jobOf({ enhance: { strength: 50 } });
    const pixels = (job: JobFacts) => workSeconds(job, measured(), allModels).pixels;
    expect(pixels(larger)).toBeGreaterThan(2 * pixels(jobOf()));
    expect(pixels(weaker)).toBeGreaterThan(2 * pixels(jobOf()));
  });

  it('app 7.27 is predicted by the work for a model that was not measured, and says so', () => {
    const light = estimate(jobOf({ model: 'anime4k-vl-x2' }));
    expect(light.confidence).toBe('predicted');
    expect(light.seconds).toBeLessThan(estimate(jobOf()).seconds / 3);
    expect(estimate(jobOf({ model: 'span-x2' })).seconds).toBeGreaterThan(
      estimate(jobOf()).seconds * 5,
    );
    expect(estimate(jobOf()).confidence).toBe('measured');
  });
});

describe('app 7. jobs teach', () => {
  const after = (jobs: readonly number[]): Figures => {
    let figures = measured();
    for (const slowness of jobs) {
      const pace = learnedPace(jobOf(), slowness * runSeconds(jobOf()), figures, allModels);
      if (pace) figures = measured({ paces: { 'reel-x2': pace } });
    }
    return figures;
  };

  it('app 7.30 a job that took twice as long moves the next estimate to it', () => {
    const { seconds, confidence } = estimate(jobOf(), after([2]));
    expect(confidence).toBe('learned');
    expect(seconds / estimate(jobOf()).seconds).toBeCloseTo(2, 1);
  });

  it('app 7.31 newer jobs weigh more, and one odd job does not decide', () => {
    const steady = estimate(jobOf(), after([1, 1, 1, 1])).seconds;
    const oneOdd = estimate(jobOf(), after([1, 1, 1, 4])).seconds;
    const changed = estimate(jobOf(), after([1, 4, 4, 4, 4, 4])).seconds;
    expect(oneOdd / steady).toBeLessThan(2);
    expect(changed / steady).toBeGreaterThan(3);
  });

  it('app 7.32 a job that slept or had hardly a frame teaches nothing', () => {
    expect(after([100]).paces).toEqual({});
    const short = jobOf({ trim: { endSeconds: 0.2 } });
    expect(learnedPace(short, 1, measured(), allModels)).toBeNull();
  });
});

describe('app 7. size and memory', () => {
  it('app 7.35 grow with the picture, and the storage holds parts and result', () => {
    const small = estimate(jobOf());
    const large = estimate(jobOf({ facts: sourceFacts({ width: 1920, height: 1080 }) }));
    expect(large.memoryBytes).toBeGreaterThan(1.5 * small.memoryBytes);
    expect(large.outputBytes.likely).toBeGreaterThan(small.outputBytes.likely);
    expect(small.diskBytes).toBeGreaterThanOrEqual(2 * small.outputBytes.likely);
    expect(small.outputBytes.low).toBeLessThan(small.outputBytes.likely);
    expect({ width: small.width, height: small.height }).toEqual({ width: 2560, height: 1440 });
  });

  it('app 7.36 memory is as measured in the browser’s processes, to a quarter', () => {
    const film = sourceFacts({ width: 640, height: 272 });
    const memory = (job: JobFacts) => estimate(job).memoryBytes / 1e6;
    const tripled = { target: { kind: 'factor', factor: 3 } };
    const found = [
      [memory(jobOf({ facts: film })), 197],
      [memory(jobOf({ facts: film, model: 'anime4k-vl-x2' })), 307],
      [memory(jobOf()), 875],
      [memory(jobOf({ model: 'anime4k-vl-x2' })), 1332],
      [memory(jobOf({ model: 'anime4k-s-x2', enhance: tripled })), 832],
    ] as const;
    for (const [estimated, real] of found) {
      expect(Math.abs(estimated / real - 1), `${estimated} for ${real}`).toBeLessThan(0.25);
    }
  });
});
