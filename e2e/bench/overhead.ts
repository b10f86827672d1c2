import { noSeconds, type StageSeconds } from '@clearreel/shared/pipeline/progress';
import { clip } from '../clips/index.ts';
import { openApp } from '../driver/app-session.ts';
import type { Effort } from './effort.ts';
import { type OverheadCase, rounded } from './figures.ts';
import { median } from './median.ts';
import { PartsApp } from './parts-app.ts';
import { benchSpec, prepareJob, runPrepared, type TimedJob } from './timed-job.ts';

const clipName = 'real/bikes';
const frameRate = 25;

/** The default model, and a light one: the less the model computes, the more all else weighs. Each works for about as long. */
const models = { 'reel-x2': { seconds: 2 }, 'anime4k-vl-x2': { seconds: 8 } };

const repeatsOf = { full: 3, quick: 1 };
const quickSeconds = 0.2;

interface Repeat {
  readonly job: TimedJob;
  readonly decode: number;
  readonly infer: number;
  readonly encode: number;
}

const sumOf = ({ decode, infer, encode }: Repeat) => decode + infer + encode;

/** A whole job against its parts measured alone, taking turns so that a machine that slows down slows both. */
export async function measureOverhead(effort: Effort): Promise<OverheadCase[]> {
  const path = await clip(clipName);
  const parts = await PartsApp.open(path);
  try {
    const cases: OverheadCase[] = [];
    for (const [model, { seconds }] of Object.entries(models)) {
      const length = effort === 'full' ? seconds : quickSeconds;
      cases.push(await measureModel(path, parts, model, length, repeatsOf[effort]));
    }
    return cases;
  } finally {
    await parts.close();
  }
}

async function measureModel(
  path: string,
  parts: PartsApp,
  model: string,
  seconds: number,
  count: number,
): Promise<OverheadCase> {
  const spec = benchSpec({ trim: { endSeconds: seconds }, enhance: { model } });
  const span = { startSeconds: null, endSeconds: seconds };
  // First, because it makes the frames that are encoded.
  const enhance = await parts.run('enhance', { spec });
  const repeats: Repeat[] = [];
  for (let repeat = 0; repeat < count; repeat++) {
    const job = await runAlone(path, spec);
    requireWholeFrames(job);
    const decode = await parts.run('decode', { decoder: 'webcodecs', span });
    const infer = await parts.run('infer', { model, span, count: job.report.framesOut });
    const encode = await parts.run('encode', { spec, encoder: 'webcodecs', frameRate });
    requireSameFrames(job, [decode.frames, encode.frames, enhance.frames]);
    const turn = {
      job,
      decode: decode.seconds,
      infer: infer.seconds,
      encode: encode.seconds,
    };
    repeats.push(turn);
    console.error(`${model}: ${job.wallSeconds.toFixed(2)} s over ${sumOf(turn).toFixed(2)} s`);
  }
  return summary(model, enhance.seconds, repeats);
}

/** In a browser of its own, as for a user who opens the app for this one job. */
async function runAlone(path: string, spec: ReturnType<typeof benchSpec>): Promise<TimedJob> {
  const session = await openApp();
  try {
    return await runPrepared(await prepareJob(session.page, path, spec));
  } finally {
    await session.close();
  }
}

/** The model is timed on whole frames: a job that cut or reused them did other work. */
function requireWholeFrames({ report }: TimedJob): void {
  if (report.tiles !== report.framesOut || report.reusedTiles + report.reusedFrames > 0) {
    throw new Error(`the job ran ${report.tiles} tiles for ${report.framesOut} frames`);
  }
}

function requireSameFrames({ report }: TimedJob, counts: readonly number[]): void {
  if (counts.some((count) => count !== report.framesOut)) {
    throw new Error(`the job wrote ${report.framesOut} frames, its parts ${counts.join(', ')}`);
  }
}

function summary(model: string, enhanceSeconds: number, repeats: readonly Repeat[]): OverheadCase {
  const middle = (value: (repeat: Repeat) => number) => rounded(median(repeats.map(value)));
  const ratios = repeats.map((repeat) => repeat.job.wallSeconds / sumOf(repeat));
  const [decodeSeconds, inferenceSeconds, encodeSeconds] = [
    middle(({ decode }) => decode),
    middle(({ infer }) => infer),
    middle(({ encode }) => encode),
  ];
  const jobSeconds = middle(({ job }) => job.wallSeconds);
  return {
    clip: clipName,
    model,
    frames: repeats[0]?.job.report.framesOut ?? 0,
    repeats: repeats.length,
    jobSeconds,
    decodeSeconds,
    inferenceSeconds,
    encodeSeconds,
    enhanceSeconds: rounded(enhanceSeconds),
    ratio: rounded(jobSeconds / (decodeSeconds + inferenceSeconds + encodeSeconds)),
    ratioRange: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    reportedSeconds: middle(({ job }) => job.report.seconds),
    reportedInferenceSeconds: middle(({ job }) => job.report.inferenceSeconds),
    stageSeconds: middleStages(repeats.map(({ job }) => job.report.stageSeconds)),
  };
}

function middleStages(all: readonly StageSeconds[]): StageSeconds {
  const middle = noSeconds();
  for (const stage of Object.keys(middle) as (keyof StageSeconds)[]) {
    middle[stage] = rounded(median(all.map((each) => each[stage])));
  }
  return middle;
}
