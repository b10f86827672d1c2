import type { EncoderSettings } from '@clearreel/shared/media/encoder';
import type { Choice } from '@clearreel/shared/media/facts';
import type { MediaSource } from '@clearreel/shared/media/source';
import { missingFrames } from '@clearreel/shared/notices/missing-frames';
import { choice } from '@clearreel/shared/notices/notice';
import { enhanceMissing, progressOf } from '@clearreel/shared/pipeline/enhance-missing';
import { noSeconds } from '@clearreel/shared/pipeline/progress';
import type { FrameEnhancer } from '@clearreel/shared/pipeline/run-options';
import { defaultStallSeconds } from '@clearreel/shared/pipeline/stall';
import { Steps } from '@clearreel/shared/pipeline/steps';
import { modelOf } from '@clearreel/shared/prepare/check-spec';
import { prepareJob } from '@clearreel/shared/prepare/prepare-job';
import { SegmentStore } from '@clearreel/shared/segments/segment-store';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { NodeAvEncoder } from '../encode/node-av-encoder.ts';
import { findModel } from '../inference/models.ts';
import { type OpenOptions, openSource } from '../media/open-source.ts';
import { DiskFolder } from '../storage/disk-folder.ts';
import type { Backends } from './backends.ts';
import { finishJob } from './finish-job.ts';
import { webpMaker } from './newest-pictures.ts';
import type { FinishedRun, RunJobOptions } from './run-options.ts';
import { serverHost } from './server-host.ts';
import { sourceVersion } from './source-version.ts';
import { type PreparedJob, readPlan, segmentsPath, writePlan } from './work-folder.ts';

/** One attempt at a job: runs the segments that are not there yet and joins. It may be ended anywhere. */
export async function attemptJob(options: RunJobOptions, backends: Backends): Promise<FinishedRun> {
  const { sourcePath, sourceName, spec, stallSeconds = defaultStallSeconds } = options;
  const steps = new Steps({ stallSeconds, seconds: noSeconds(), signal: options.signal });
  try {
    const version = await sourceVersion(sourcePath);
    const source = await steps.run(
      'open',
      (progressed) =>
        openSource(sourcePath, sourceName, openOptions(spec), steps.signal, progressed),
      (late) => late.dispose(),
    );
    try {
      return await attemptOpened(options, backends, source, version, steps);
    } finally {
      source.dispose();
    }
  } finally {
    await steps.end();
  }
}

async function attemptOpened(
  options: RunJobOptions,
  backends: Backends,
  source: MediaSource,
  version: string,
  steps: Steps,
): Promise<FinishedRun> {
  const { spec, workFolder, stallSeconds = defaultStallSeconds } = options;
  const store = new SegmentStore(await DiskFolder.open(segmentsPath(workFolder)));
  const before = await readPlan(workFolder, spec, version);
  const { frozen, notices } = before ?? (await prepare(options, source, store, version, steps));
  const { plan, encoder } = frozen;
  const done = await store.complete();
  const { reuse, strength } = spec.enhance;
  const ran =
    done.length < plan.segments.length
      ? await enhanceMissing({
          ...{ plan, source, store, done, steps, stallSeconds },
          settings: encoder.settings,
          setup: {
            model: modelOf(spec, { findModel }),
            maxTilePixels: frozen.maxTilePixels,
            ...{ reuse, strength },
          },
          openBackend: () => backends.open(options.providers, encoder.settings),
          closeBackend: (backend) => backend.dispose(),
          openEncoder: (settings) => NodeAvEncoder.open(settings),
          over: (enhancer) => watched(options, source, encoder.settings, enhancer),
          onReached: async (_reached, stored) => {
            if (stored) await options.onSegment(stored);
          },
          onProgress: (progress) => options.onProgress(progress),
        })
      : { provider: await lastProvider(store, done), inferenceSeconds: 0 };
  const { segments, frameCount } = plan;
  const provider = ran.provider.value;
  options.onProgress(progressOf(plan, steps, 'join', segments.length, frameCount, provider));
  const joined = await steps.run('join', (onProgress) =>
    finishJob({ ...options, source, frozen, store, signal: steps.signal, onProgress }),
  );
  const told = [...notices, ...source.notices.filter(isNew(notices)), ...joined.notices];
  const { value, reason, why } = encoder;
  return {
    ...joined,
    facts: source.facts,
    notices: [...told, ...missingFrames(told, frameCount, joined.frameCount)],
    ...ran,
    encoder: { value, reason, ...(why && { why }) },
    stageSeconds: steps.seconds,
  };
}

const watched = (
  { view }: RunJobOptions,
  { facts }: MediaSource,
  output: EncoderSettings,
  enhancer: FrameEnhancer,
): FrameEnhancer => view?.over(enhancer, facts, webpMaker(facts.video, output)) ?? enhancer;

/** Segments of another plan do not fit this one. */
async function prepare(
  { spec, workFolder }: RunJobOptions,
  source: MediaSource,
  store: SegmentStore,
  version: string,
  steps: Steps,
): Promise<PreparedJob> {
  await store.clear();
  const prepared = await steps.run('prepare', () =>
    prepareJob(source, spec, serverHost(spec, source.facts, workFolder), steps.signal),
  );
  await writePlan(workFolder, spec, version, prepared);
  return prepared;
}

const isNew = (known: readonly { readonly message: string }[]) => {
  const messages = new Set(known.map(({ message }) => message));
  return ({ message }: { readonly message: string }) => !messages.has(message);
};

const openOptions = ({ input, output }: JobSpec): OpenOptions => ({
  framesPerSecond: input?.framesPerSecond,
  deinterlace: input?.deinterlace ?? false,
  toSdr: output.hdr === 'convert',
});

async function lastProvider(store: SegmentStore, done: readonly number[]): Promise<Choice> {
  const last = done.at(-1);
  const segment = last === undefined ? null : await store.describe(last);
  return choice(segment?.provider ?? 'none', 'DONE_BEFORE');
}
