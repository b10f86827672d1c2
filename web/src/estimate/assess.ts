import { bitsPerSecondLike, type TrialEncode } from '@clearreel/shared/encode/quality';
import { tileBudgetPixels } from '@clearreel/shared/enhance/tile-budget';
import { ClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { type Estimate, estimateJob } from '@clearreel/shared/estimate/estimate-job';
import { type JobFacts, jobFacts, type SourceSample } from '@clearreel/shared/estimate/job-facts';
import type { ContentKind } from '@clearreel/shared/estimate/model-order';
import type { Proposal } from '@clearreel/shared/estimate/propose';
import { sampleFrames, sampleSource } from '@clearreel/shared/estimate/sample-source';
import type { Notice } from '@clearreel/shared/media/facts';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import { noSeconds } from '@clearreel/shared/pipeline/progress';
import { defaultStallSeconds } from '@clearreel/shared/pipeline/stall';
import { Steps } from '@clearreel/shared/pipeline/steps';
import { type CheckedJob, checkJob } from '@clearreel/shared/prepare/check-job';
import type { OutputGeometry } from '@clearreel/shared/spec/geometry';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { EncoderOverride } from '../encode/choose-encoder.ts';
import { models } from '../inference/catalogue.ts';
import type { HostOptions } from '../jobs/job-record.ts';
import { trialOf, webHost } from '../jobs/prepare-job.ts';
import { freeBytes } from '../storage/storage-error.ts';
import { audioBytesPerSecond } from './audio-bytes.ts';
import { figureDb } from './figure-db.ts';
import { findOnce, type KeptSource, openKept } from './kept-source.ts';
import { describeMachine, type Machine } from './machine.ts';
import { proposeHere } from './propose-here.ts';
import { type EstimateThere, estimateThere, knowServer, type ServerFacts } from './server-offer.ts';

export interface AssessOptions {
  readonly file: File;
  readonly spec: JobSpec;
  readonly host: HostOptions;
  readonly kind?: ContentKind;
  /** A server that the job could go to. */
  readonly server?: ServerFacts;
  /** Decode and encode a little of the source too, for a second or two. */
  readonly isThorough: boolean;
}

/** All that there is to say of a job before it starts. */
export interface Assessment {
  readonly geometry: OutputGeometry;
  /** What the job would be refused for. */
  readonly problems: readonly ErrorReport[];
  readonly notices: readonly Notice[];
  /** `null` where a problem leaves nothing to estimate. */
  readonly estimate: Estimate | null;
  readonly proposal: Proposal;
  /** The same job on the server, where there is one; `proposal` says where it should be done. */
  readonly there: EstimateThere | null;
  /** `null` where the browser does not say. */
  readonly freeBytes: number | null;
}

export async function assess(options: AssessOptions, signal: AbortSignal): Promise<Assessment> {
  const { file, spec, host } = options;
  const stallSeconds = host.stallSeconds ?? defaultStallSeconds;
  const steps = new Steps({ stallSeconds, seconds: noSeconds(), signal });
  try {
    const opened = await steps.run('open', (progressed) =>
      openKept(file, host.decoder, spec.input, steps.signal, progressed),
    );
    return await steps.run('prepare', () => assessOpened(options, opened, steps.signal));
  } finally {
    await steps.end();
  }
}

async function assessOpened(
  options: AssessOptions,
  opened: KeptSource,
  signal: AbortSignal,
): Promise<Assessment> {
  const { spec, host, isThorough, kind } = options;
  const { source } = opened;
  const startMs = performance.now();
  let trialSeconds = 0;
  const trial = async (...args: Parameters<ReturnType<typeof trialOf>>) => {
    if (!isThorough) return null;
    const { trim, output } = spec;
    const key = `trial ${JSON.stringify([trim, output.quality, output.segmentSeconds])}`;
    const tried = await findOnce(opened, key, () =>
      timed(() => trialOf(source, spec, signal)(...args)),
    );
    trialSeconds = tried.seconds;
    return tried.value;
  };
  const checked = await checkJob(source, spec, webHost(spec, host, trial), signal);
  const checkSeconds = (performance.now() - startMs) / 1000;
  const { machine, problem } = await machineFor(host, checked.geometry);
  const figures = await figureDb.load(machine);
  const model = modelOf(spec);
  const frames = isThorough
    ? await findOnce(opened, 'frames', () => sampleFrames(source, checked.plan, signal))
    : null;
  const sampled =
    frames &&
    (await findOnce(opened, `tiles ${model?.id}`, () =>
      timed(() => sampleSource(source, checked.plan, model, budgetOf(model), frames, signal)),
    ));
  const tried = isThorough ? await trial(checked.plan, checked.frameRate) : null;
  const audioRate =
    spec.output.audio === 'keep'
      ? await findOnce(opened, 'audio', () => audioBytesPerSecond(source, signal))
      : 0;
  const job = factsOf(options, opened, checked, sampled?.value ?? null, tried, audioRate);
  const startSeconds = sampled
    ? opened.openSeconds + Math.max(checkSeconds, trialSeconds) + sampled.seconds
    : null;
  const estimate = checked.encoder && estimateJob({ ...job, startSeconds }, figures, models);
  const server = options.server ? await knowServer(options.server) : null;
  const problems = [...checked.problems, ...(problem ? [problem] : [])];
  return {
    geometry: checked.geometry,
    problems: problems.map((error) => error.toReport()),
    notices: checked.notices,
    estimate,
    proposal: await proposeHere({
      ...{ facts: source.facts, figures, machine, sample: frames && { ...frames, ...wholeTiles } },
      ...{ server, ...(kind && { kind }) },
    }),
    there: server && estimateThere(server, job),
    freeBytes: await freeBytes(),
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const startMs = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - startMs) / 1000 };
}

/** A model with no strength left is not run. */
const modelOf = ({ enhance }: JobSpec): ModelEntry | null =>
  enhance.strength === 0 ? null : (models.find(({ id }) => id === enhance.model) ?? null);

const budgetOf = (model: ModelEntry | null) =>
  model ? tileBudgetPixels(model) : Number.MAX_SAFE_INTEGER;

/** Tiles are sampled for the chosen model alone; a proposal of another one counts on none unchanged. */
const wholeTiles = { unchangedShare: 0, maxTilePixels: Number.MAX_SAFE_INTEGER };

/** A provider that the user wants and that cannot run is a problem of the job, and the estimate is for the other one. */
async function machineFor(
  host: HostOptions,
  { width, height }: OutputGeometry,
): Promise<{ machine: Machine; problem: ClearReelError | null }> {
  try {
    return { machine: await describeMachine(host.provider, width * height), problem: null };
  } catch (error) {
    if (!(error instanceof ClearReelError)) throw error;
    return { machine: await describeMachine('wasm', width * height), problem: error };
  }
}

function factsOf(
  { spec }: AssessOptions,
  { source: { facts } }: KeptSource,
  checked: CheckedJob<EncoderOverride>,
  sample: SourceSample | null,
  trial: TrialEncode | null,
  audioRate: number,
): JobFacts {
  const model = modelOf(spec);
  const { geometry, plan, frameRate, encoder } = checked;
  const maxTilePixels = sample?.maxTilePixels ?? budgetOf(model);
  const guess = jobFacts({ facts, spec, model, maxTilePixels });
  const seconds = plan.frameCount / frameRate;
  const { codec } = spec.output;
  const triedBytes =
    trial &&
    (bitsPerSecondLike(trial, codec, geometry.width * geometry.height, frameRate) * seconds) / 8;
  return {
    ...guess,
    ...{ geometry, frameRate, sample, frames: plan.frameCount },
    encoderHost: encoder?.value ?? 'webcodecs',
    videoBytes: Math.round(triedBytes ?? (checked.videoBytes || guess.videoBytes)),
    isVideoTried: trial !== null,
    audioBytes: Math.round(audioRate * seconds),
  };
}
