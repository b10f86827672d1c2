import type { ModelEntry } from '../models/manifest.ts';
import type { Figures } from './figures.ts';
import type { JobFacts } from './job-facts.ts';
import { jobMemoryBytes } from './memory.ts';
import { overlappedSeconds, workSeconds } from './stage-seconds.ts';

/**
 * What the time rests on: `learned` from jobs with this model on this machine, `measured` here, or `predicted` from
 * other models or typical machines because it is not measured yet.
 */
export type Confidence = 'learned' | 'measured' | 'predicted';

export interface Range {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

export interface Estimate {
  /** From the start to the finished file. */
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly frames: number;
  /** At its peak, beside the open page. */
  readonly memoryBytes: number;
  /** Of the finished file. */
  readonly outputBytes: Range;
  /** Storage taken at the fullest moment: parts and the joined file are there together. */
  readonly diskBytes: number;
  readonly width: number;
  readonly height: number;
  readonly confidence: Confidence;
}

/** Opening the worker and the file, and preparing the job, where nobody has timed it. */
const typicalStartSeconds = 1;

/** What no part measured alone contains: the worker's start, cold code, the result's picture. Seen on 2 cores. */
const aroundSeconds = 1.3;

/** Joining copies packets: quick, and about as long for each frame. */
const joinSecondsPerFrame = 0.0005;
const joinSeconds = 0.1;

/** A trial on the source comes near; without one the picture decides, which is not known. */
const triedSpread = 1.4;
const untriedSpread = 3;

export function estimateJob(job: JobFacts, figures: Figures, all: readonly ModelEntry[]): Estimate {
  const { frames, geometry, videoBytes, audioBytes } = job;
  const work = workSeconds(job, figures, all);
  const pace = figures.paces[paceKey(job)];
  const running = overlappedSeconds(work, figures) * (pace?.factor ?? 1);
  const spread = job.isVideoTried ? triedSpread : untriedSpread;
  return {
    seconds: startSeconds(job, work.loadSeconds) + running + frames * joinSecondsPerFrame,
    framesPerSecond: running > 0 ? frames / running : 0,
    frames,
    memoryBytes: jobMemoryBytes(job),
    outputBytes: {
      low: Math.round(videoBytes / spread) + audioBytes,
      likely: videoBytes + audioBytes,
      high: Math.round(videoBytes * spread) + audioBytes,
    },
    diskBytes: 2 * videoBytes + audioBytes,
    width: geometry.width,
    height: geometry.height,
    confidence: work.isPredicted ? 'predicted' : pace ? 'learned' : 'measured',
  };
}

export const paceKey = ({ model }: Pick<JobFacts, 'model'>): string => model?.id ?? 'none';

const startSeconds = (job: JobFacts, loadSeconds: number): number =>
  (job.startSeconds ?? typicalStartSeconds) + aroundSeconds + loadSeconds + joinSeconds;
