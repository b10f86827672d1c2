import type { Size } from '../frameops/contract.ts';
import type { OutputCodec } from '../media/encoder.ts';
import type { Choice, SourceFacts } from '../media/facts.ts';
import type { ModelEntry } from '../models/manifest.ts';
import { choice } from '../notices/notice.ts';
import type { JobSpec, JobTarget } from '../spec/job-spec.ts';
import { type Estimate, estimateJob } from './estimate-job.ts';
import type { Figures } from './figures.ts';
import { type JobFacts, jobFacts, type SourceSample } from './job-facts.ts';
import { type ContentKind, whyModel } from './model-order.ts';

/** What the device and the user set limits to. */
export interface Limits {
  /** `null` where the browser does not say. */
  readonly freeBytes: number | null;
  readonly memoryBytes: number;
  readonly seconds: number;
  encodes(codec: OutputCodec, size: Size): boolean;
}

export interface ProposeOptions {
  readonly facts: SourceFacts;
  readonly figures: Figures;
  readonly limits: Limits;
  readonly models: readonly ModelEntry[];
  /** What the user says it is; else it is guessed. */
  readonly kind?: ContentKind;
  readonly sample?: SourceSample | null;
  tileBudgetPixels(model: ModelEntry): number;
}

export interface PickedModel {
  readonly spec: JobSpec;
  readonly estimate: Estimate;
  readonly model: Choice;
}

export const inMinutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

/** The job that a model and a target would make of the source. */
export function candidate(
  { facts, sample = null, tileBudgetPixels }: ProposeOptions,
  base: JobSpec,
  model: ModelEntry | null,
  target: JobTarget,
): JobFacts {
  const spec: JobSpec = {
    ...base,
    enhance: { ...base.enhance, model: model?.id ?? 'none', target },
  };
  const budget = model ? tileBudgetPixels(model) : Number.MAX_SAFE_INTEGER;
  const maxTilePixels = Math.min(budget, sample?.maxTilePixels ?? budget);
  return { ...jobFacts({ facts, spec, model, maxTilePixels }), sample };
}

/** The first model, from the best on, that keeps the limits; where none does, the lightest. */
export function pickModel(
  options: ProposeOptions,
  base: JobSpec,
  target: JobTarget,
  models: readonly ModelEntry[],
): PickedModel {
  const { figures, limits } = options;
  const tried = models.map((model) => {
    const job = candidate(options, base, model, target);
    return { model, spec: job.spec, estimate: estimateJob(job, figures, options.models) };
  });
  const keeps = ({ seconds, memoryBytes }: Estimate) =>
    seconds <= limits.seconds && memoryBytes <= limits.memoryBytes;
  const best = tried[0];
  const picked = tried.find(({ estimate }) => keeps(estimate)) ?? tried.at(-1);
  if (!best || !picked) throw new Error('no model to propose');
  const { spec, estimate, model } = picked;
  const id = model.id;
  const why = () => {
    if (picked === best) return whyModel(options.kind, options.facts, model);
    if (best.estimate.seconds <= limits.seconds) {
      const { memoryBytes: neededBytes } = best.estimate;
      return choice(id, 'MODEL_IN_MEMORY', {
        ...{ model: model.name, better: best.model.name },
        ...{ neededBytes, hasBytes: limits.memoryBytes },
      });
    }
    const [name, minutes] = [model.name, inMinutes(estimate.seconds)];
    const bettersTime = {
      better: best.model.name,
      betterMinutes: inMinutes(best.estimate.seconds),
    };
    const detail = { model: name, minutes, ...bettersTime };
    if (!keeps(estimate)) return choice(id, 'MODEL_LIGHTEST', detail);
    return choice(id, 'MODEL_IN_TIME', { ...detail, limitMinutes: inMinutes(limits.seconds) });
  };
  return { spec, estimate, model: why() };
}
