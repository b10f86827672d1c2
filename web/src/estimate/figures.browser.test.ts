import { tileBudgetPixels } from '@clearreel/shared/enhance/tile-budget';
import { estimateJob } from '@clearreel/shared/estimate/estimate-job';
import type { Figures } from '@clearreel/shared/estimate/figures';
import { jobFacts } from '@clearreel/shared/estimate/job-facts';
import { jobOf } from '@clearreel/shared/estimate/samples.test-kit';
import { noSeconds } from '@clearreel/shared/pipeline/progress';
import { beforeEach, describe, expect, it } from 'vitest';
import { findModel, models } from '../inference/catalogue.ts';
import type { EngineReport, FrozenJob, JobRecord } from '../jobs/job-record.ts';
import { figureDb } from './figure-db.ts';
import { learnFromJob } from './learn-from-job.ts';
import { describeMachine, type Machine } from './machine.ts';
import { type MeasureRequest, measure } from './measure.ts';

const lightest = findModel('anime4k-s-x2');
const never = new AbortController().signal;

const request: MeasureRequest = {
  models: [lightest.id],
  codecs: ['avc'],
  encoder: 'webcodecs',
  ...{ width: 160, height: 90 },
  again: false,
};

/** Ten seconds of 160×90 as a job of the lightest model. */
const tinyJob = () => {
  const { facts, spec } = jobOf({ model: lightest.id });
  const video = { ...facts.video, width: request.width, height: request.height };
  const maxTilePixels = tileBudgetPixels(lightest);
  return jobFacts({ facts: { ...facts, video }, spec, model: lightest, maxTilePixels });
};

const secondsWith = (figures: Figures) => estimateJob(tinyJob(), figures, models).seconds;

/** The record of such a job that ran for so long between its first and its last frame. */
function finished(machine: Machine, runSeconds: number): [JobRecord, EngineReport, FrozenJob] {
  const job = tinyJob();
  const { width, height } = job.geometry;
  const choice = (value: string) => ({ value, reason: '' });
  const report: EngineReport = {
    ...{ framesIn: job.frames, framesOut: job.frames, seconds: runSeconds + 2 },
    stageSeconds: { ...noSeconds(), open: 0.5, prepare: 1, join: 0.5 },
    inferenceSeconds: 0,
    provider: choice(machine.provider),
    decoder: choice('webcodecs'),
    encoder: choice('webcodecs'),
    model: lightest.id,
    ...{ width, height, segments: 3, resumedSegments: 0, attempts: 1 },
    ...{ reusedFrames: 0, reusedTiles: 0, tiles: job.frames },
  };
  const record = { id: 'any', spec: job.spec } as unknown as JobRecord;
  const encoder = { ...choice('webcodecs'), settings: {} };
  const frozen = {
    ...{ facts: job.facts, maxTilePixels: job.maxTilePixels, encoder },
    plan: { segments: [], frameCount: job.frames },
  } as unknown as FrozenJob;
  return [record, report, frozen];
}

describe('app 7. figures of this device', () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = await describeMachine('wasm', 0);
  });

  it('app 7.10 are measured once, and again when asked', async () => {
    await measure({ ...request, again: true }, { provider: 'wasm' }, never);
    const { pixels, models: known, codecs } = await figureDb.load(machine);
    expect(known[lightest.id]?.secondsPerMegapixel).toBeGreaterThan(0);
    expect(codecs['webcodecs avc']?.encodeSecondsPerMegapixel).toBeGreaterThan(0);
    expect(Math.min(...Object.values(pixels ?? { none: 0 }))).toBeGreaterThan(0);
    expect(await measure(request, { provider: 'wasm' }, never)).toBe(0);
    expect(await measure({ ...request, again: true }, { provider: 'wasm' }, never)).toBe(3);
  });

  it('app 7.11 count for one adapter, one provider and one file of a model', async () => {
    const other = { ...machine, scope: `${machine.scope} other adapter` };
    const figure = { secondsPerMegapixel: 7, loadSeconds: 1 };
    await figureDb.putModel(other, lightest, figure);
    expect((await figureDb.load(other)).models).toEqual({ [lightest.id]: figure });
    expect((await figureDb.load(machine)).models[lightest.id]).not.toEqual(figure);
    const variants = lightest.variants.map((file) => ({ ...file, sha256: 'f'.repeat(64) }));
    const retrained = { ...lightest, variants: variants as typeof lightest.variants };
    await figureDb.putModel(other, retrained, { ...figure, secondsPerMegapixel: 9 });
    expect((await figureDb.load(other)).models).toEqual({ [lightest.id]: figure });
  });

  it('app 7.12 are corrected by a finished job, until they are measured anew', async () => {
    await measure({ ...request, again: true }, { provider: 'wasm' }, never);
    const before = await figureDb.load(machine);
    const slow = 3 * (tinyJob().frames / estimateJob(tinyJob(), before, models).framesPerSecond);
    await learnFromJob(...finished(machine, slow));
    const taught = await figureDb.load(machine);
    expect(estimateJob(tinyJob(), taught, models).confidence).toBe('learned');
    expect(secondsWith(taught) - secondsWith(before)).toBeCloseTo((slow * 2) / 3, 1);
    await measure({ ...request, again: true }, { provider: 'wasm' }, never);
    expect((await figureDb.load(machine)).paces[lightest.id]).toBeUndefined();
  });

  it('app 7.13 are not touched by a job that was interrupted', async () => {
    await measure({ ...request, again: true }, { provider: 'wasm' }, never);
    const [record, report, frozen] = finished(machine, 1000);
    await learnFromJob(record, { ...report, attempts: 2 }, frozen);
    expect((await figureDb.load(machine)).paces[lightest.id]).toBeUndefined();
  });
});
