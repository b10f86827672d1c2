import type { ModelEntry } from '@clearreel/shared/models/manifest';
import { slowTimes } from '../inference/choose-provider.ts';
import { models } from '../inference/models.ts';
import type { ServerProvider } from '../inference/provider.ts';
import type { Gpu } from '../system/gpu.ts';
import { machineName, modelName } from './figure-names.ts';
import { type KeptFigures, readFigures } from './figures-file.ts';

interface Machine {
  /** Where figures are kept. */
  readonly dataFolder: string;
  /** In the order in which they are tried. */
  readonly providers: readonly ServerProvider[];
  readonly gpus: readonly Gpu[];
}

export interface MeasuredSpeed {
  readonly model: string;
  readonly secondsPerMegapixel: number;
}

/**
 * What was measured of the models on this machine, with the provider that jobs would take.
 * @throws ClearReelError `STORAGE_DENIED` where the figures cannot be read
 */
export async function measuredSpeeds(machine: Machine): Promise<readonly MeasuredSpeed[]> {
  const kept = await readFigures(machine.dataFolder);
  return models.flatMap((model) => {
    const secondsPerMegapixel = secondsOf(model, kept, machine);
    return secondsPerMegapixel === null ? [] : [{ model: model.id, secondsPerMegapixel }];
  });
}

const isOfGpu = (provider: ServerProvider) => provider !== 'cpu';

/** As `chooseProvider` has it: one that is slower than the processor by far is passed over unless nothing follows it. */
function secondsOf(
  model: ModelEntry,
  kept: KeptFigures,
  { providers, gpus }: Machine,
): number | null {
  const secondsWith = (provider: ServerProvider) =>
    kept[machineName(provider, gpus)]?.[modelName(model)]?.secondsPerMegapixel ?? null;
  const processor = secondsWith('cpu') ?? Number.POSITIVE_INFINITY;
  const known = providers.filter((provider) => secondsWith(provider) !== null);
  const mayTakeGpu = gpus.length > 0 && providers.some(isOfGpu);
  // Measured on the processor alone: it says nothing of jobs on the GPU.
  if (mayTakeGpu && !known.some(isOfGpu)) return null;
  const measured = known.flatMap((provider) => secondsWith(provider) ?? []);
  return measured.find((seconds) => seconds < slowTimes * processor) ?? measured.at(-1) ?? null;
}
