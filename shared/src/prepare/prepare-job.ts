import { chooseTiles } from '../enhance/choose-tiles.ts';
import { tileBudgetPixels } from '../enhance/tile-budget.ts';
import type { Notice, SourceFacts } from '../media/facts.ts';
import type { MediaSource } from '../media/source.ts';
import type { Plan } from '../plan/plan.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import { checkJob, type EncoderChoice, type JobHost } from './check-job.ts';
import { modelOf } from './check-spec.ts';

/** Decided once, at the start, and kept for every later attempt: segments of one output must match. */
export interface FrozenJob<Encoder extends string = string> {
  readonly plan: Plan;
  readonly encoder: EncoderChoice<Encoder>;
  readonly maxTilePixels: number;
  readonly facts: SourceFacts;
}

/**
 * Decides all that later attempts must find unchanged, and refuses what cannot come out right, before any work is
 * done.
 */
export async function prepareJob<Encoder extends string>(
  source: MediaSource,
  spec: JobSpec,
  host: JobHost<Encoder>,
  signal: AbortSignal,
): Promise<{ frozen: FrozenJob<Encoder>; notices: readonly Notice[] }> {
  const checked = await checkJob(source, spec, host, signal);
  const [problem] = checked.problems;
  if (problem || !checked.encoder) throw problem ?? new Error('a job without an encoder');
  const { plan, encoder, notices } = checked;
  const model = modelOf(spec, host);
  const budget = model ? tileBudgetPixels(model) : Number.MAX_SAFE_INTEGER;
  const { maxTilePixels } =
    model && spec.enhance.reuse
      ? await chooseTiles(source, plan, model, budget, signal)
      : { maxTilePixels: budget };
  return { frozen: { plan, encoder, maxTilePixels, facts: source.facts }, notices };
}
