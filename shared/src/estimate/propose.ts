import type { Choice } from '../media/facts.ts';
import { choice } from '../notices/notice.ts';
import { because } from '../notices/reasons.ts';
import type { JobSpec, JobTarget } from '../spec/job-spec.ts';
import { proposeSpec } from '../spec/propose.ts';
import type { Text } from '../texts/text.ts';
import { type Estimate, estimateJob } from './estimate-job.ts';
import type { JobFacts } from './job-facts.ts';
import { modelsFor } from './model-order.ts';
import { candidate, inMinutes, type Limits, type ProposeOptions, pickModel } from './pick-model.ts';

export interface Proposal {
  readonly spec: JobSpec;
  readonly estimate: Estimate;
  readonly model: Choice;
  readonly size: Choice;
  readonly place: Choice<'device' | 'server'>;
  /** Whether that place can do it within the limits; where not, `place` says why. */
  readonly fits: boolean;
}

/** Half an hour, or four times the video's length where that is more: longer, and a lighter model is proposed. */
export const patienceSeconds = (durationSeconds: number): number =>
  Math.max(30 * 60, 4 * durationSeconds);

/** 8K with some room for other aspects: the most that common codecs' levels take. */
const largestPixels = 8192 * 4352;

const doubled: JobTarget = { kind: 'factor', factor: 2 };
const smaller: readonly JobTarget[] = [
  { kind: 'box', box: '2160p' },
  { kind: 'factor', factor: 1 },
];

/** All sizes that may be proposed, so that a host can ask its encoders before. */
export const targets: readonly JobTarget[] = [doubled, ...smaller];

/** What the app would do with this source on this device, and why. `proposeSpec` is where it starts. */
export function propose(options: ProposeOptions): Proposal {
  const { facts, limits } = options;
  const base = proposeSpec(facts);
  const models = modelsFor(options.kind, facts, options.models);
  const lightest = models.at(-1) ?? null;
  const tryTarget = (target: JobTarget) => candidate(options, base, lightest, target);
  let chosen = tryTarget(doubled);
  const tooLarge = sizeObstacle(chosen, limits);
  let obstacle = tooLarge;
  for (const target of smaller) {
    if (!obstacle) break;
    const next = tryTarget(target);
    const isSmaller = next.geometry.width < chosen.geometry.width;
    if (!isSmaller || next.geometry.width < facts.video.width) continue;
    chosen = next;
    obstacle = sizeObstacle(chosen, limits);
  }
  const { target } = chosen.spec.enhance;
  const { width, height } = chosen.geometry;
  const size = tooLarge
    ? choice(`${width}×${height}`, 'SIZE_LIMITED', { width, height, obstacle: tooLarge })
    : choice(`${width}×${height}`, 'SIZE_DOUBLED', { width, height });
  const picked = pickModel(options, base, target, models);
  const late = picked.estimate.seconds > limits.seconds;
  const reason =
    obstacle ??
    (late ? because('TAKES_MINUTES', { minutes: inMinutes(picked.estimate.seconds) }) : null);
  return {
    ...picked,
    size,
    place: reason
      ? choice('device', 'PLACE_TOO_LARGE', { obstacle: reason })
      : choice('device', 'PLACE_DEVICE'),
    fits: reason === null,
  };
}

/** Why a size cannot be had here with any model, as a part of a sentence. */
function sizeObstacle(job: JobFacts, limits: Limits): Text | null {
  const { codec } = job.spec.output;
  const { width, height } = job.geometry;
  if (width * height > largestPixels) return because('LARGER_THAN_8K', { width, height });
  if (!limits.encodes(codec, job.geometry)) return because('NOT_ENCODED', { codec, width, height });
  const { diskBytes, memoryBytes } = estimateOfSize(job);
  if (memoryBytes > limits.memoryBytes) {
    return because('MEMORY_SHORT', { neededBytes: memoryBytes, hasBytes: limits.memoryBytes });
  }
  const { freeBytes } = limits;
  return freeBytes !== null && diskBytes > freeBytes
    ? because('STORAGE_SHORT', { neededBytes: diskBytes, freeBytes })
    : null;
}

/** Size and memory do not depend on how fast the machine is. */
const estimateOfSize = (job: JobFacts): Estimate =>
  estimateJob(job, { provider: 'wasm', cores: 1, models: {}, codecs: {}, paces: {} }, []);
