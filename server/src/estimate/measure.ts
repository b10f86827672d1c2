import { tileBudgetPixels } from '@clearreel/shared/enhance/tile-budget';
import type { ModelFigure } from '@clearreel/shared/estimate/figures';
import { measureModel } from '@clearreel/shared/estimate/measure-model';
import type { Size } from '@clearreel/shared/frameops/contract';
import { greySample } from '@clearreel/shared/frameops/grey-sample';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import { sdrTags } from '@clearreel/shared/spec/result-colour';
import { planTiles } from '@clearreel/shared/tiles/plan';
import { OrtInferenceHost, sharedTiles } from '../inference/ort-host.ts';
import type { ServerProvider } from '../inference/provider.ts';
import { nvidiaGpus } from '../system/gpu.ts';
import { machineName, modelName } from './figure-names.ts';
import { readFigures, writeFigures } from './figures-file.ts';

export interface MeasureOptions {
  /** One that works here. */
  readonly provider: ServerProvider;
  readonly models: readonly ModelEntry[];
  /** Where figures are kept. */
  readonly dataFolder: string;
  /** Also what is known already. */
  readonly again: boolean;
  readonly signal: AbortSignal;
  onFigure(model: ModelEntry, figure: ModelFigure): void;
}

/** Models are measured with the tiles of a picture of this size. */
const picture: Size = { width: 1920, height: 1080 };

/** Measures what is not known of this machine yet, and keeps it by provider, device and model file. */
export async function measureModels(options: MeasureOptions): Promise<void> {
  const { provider, dataFolder, signal } = options;
  const machine = machineName(provider, await nvidiaGpus());
  const known = await readFigures(dataFolder);
  const ops = new TypedArrayFrameOps(sharedTiles());
  const host = new OrtInferenceHost({ provider, tiles: ops.tiles });
  try {
    for (const model of options.models) {
      signal.throwIfAborted();
      const key = modelName(model);
      const figures = known[machine] ?? {};
      const kept = options.again ? undefined : figures[key];
      const figure =
        kept ?? (await measureModel(ops, host, model, tileOf(model), greyFrame, signal));
      if (!kept) {
        known[machine] = { ...figures, [key]: figure };
        await writeFigures(dataFolder, known);
      }
      options.onFigure(model, figure);
    }
  } finally {
    await host.dispose();
    ops.dispose();
  }
}

function tileOf(model: ModelEntry): Size {
  const { inputWidth, inputHeight } = planTiles({
    ...picture,
    halo: model.receptiveField,
    multipleOf: model.multipleOf,
    maxInputPixels: tileBudgetPixels(model),
  });
  return { width: inputWidth, height: inputHeight };
}

/** Networks take as long for one picture as for another. */
const greyFrame = (size: Size) => greySample(size, sdrTags);
