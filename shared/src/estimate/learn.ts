import type { ModelEntry } from '../models/manifest.ts';
import { paceKey } from './estimate-job.ts';
import type { Figures, Pace } from './figures.ts';
import type { JobFacts } from './job-facts.ts';
import { overlappedSeconds, workSeconds } from './stage-seconds.ts';

/** Weight of the newest job. Machines change with heat, load and browsers, so old jobs fade quickly. */
const newestWeight = 0.4;

/** Further off than this, something else than the machine's pace was at work (a laptop asleep, a phone in a pocket). */
const furthest = 8;

/** Fewer frames say more of the start than of the pace. */
const fewestFrames = 10;

/**
 * The pace that past jobs show, this one included; `null` where it says nothing. `job` is the finished one with what it
 * really reused in its sample; `runSeconds` go from the first frame to the last.
 */
export function learnedPace(
  job: JobFacts,
  runSeconds: number,
  figures: Figures,
  all: readonly ModelEntry[],
): Pace | null {
  if (job.frames < fewestFrames) return null;
  const before = figures.paces[paceKey(job)];
  const ratio = runSeconds / overlappedSeconds(workSeconds(job, figures, all), figures);
  if (!(ratio > 1 / furthest && ratio < furthest)) return null;
  const factor = before ? before.factor ** (1 - newestWeight) * ratio ** newestWeight : ratio;
  return { factor, jobs: (before?.jobs ?? 0) + 1 };
}
