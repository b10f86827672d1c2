import { tileBudgetPixels } from '@clearreel/shared/enhance/tile-budget';
import { codecKey, type Figures } from '@clearreel/shared/estimate/figures';
import { measureModel } from '@clearreel/shared/estimate/measure-model';
import type { Size } from '@clearreel/shared/frameops/contract';
import type { OutputCodec } from '@clearreel/shared/media/encoder';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import { planTiles } from '@clearreel/shared/tiles/plan';
import { openBackend } from '../engine/backend.ts';
import { findModel } from '../inference/catalogue.ts';
import type { HostOptions } from '../jobs/job-record.ts';
import { figureDb } from './figure-db.ts';
import { describeMachine, type Machine } from './machine.ts';
import { measureCodec } from './measure-codec.ts';
import { measurePixels } from './measure-pixels.ts';
import { MovingPattern } from './moving-pattern.ts';

export interface MeasureRequest {
  /** Model ids. */
  readonly models: readonly string[];
  readonly codecs: readonly OutputCodec[];
  readonly encoder: 'webcodecs' | 'ffmpeg';
  /** Of the source, since tiles are cut from it. */
  readonly width: number;
  readonly height: number;
  /** Also what is known already. */
  readonly again: boolean;
}

/**
 * Measures what is not known of this machine yet and keeps it. Gives how many figures are new. Meant for a worker of its
 * own, which is ended afterwards: the runtime that it has loaded keeps its memory.
 */
export async function measure(
  request: MeasureRequest,
  host: HostOptions,
  signal: AbortSignal,
): Promise<number> {
  const machine = await describeMachine(host.provider, 4 * request.width * request.height);
  const known = await figureDb.load(machine);
  const codecs = request.codecs.filter(
    (codec) => request.again || !known.codecs[codecKey(request.encoder, codec)],
  );
  for (const codec of codecs) {
    const figure = await measureCodec(request.encoder, codec, signal);
    await figureDb.putCodec(machine, codecKey(request.encoder, codec), figure);
  }
  return codecs.length + (await measureBackend(request, machine, known, signal));
}

async function measureBackend(
  request: MeasureRequest,
  machine: Machine,
  known: Figures,
  signal: AbortSignal,
): Promise<number> {
  const missing = request.models.filter((id) => request.again || !known.models[id]);
  const needsPixels = request.again || !known.pixels;
  if (missing.length === 0 && !needsPixels) return 0;
  const backend = await openBackend(machine.provider, 0);
  try {
    if (needsPixels) {
      const figures = await backend.use((ops) => measurePixels(ops, signal));
      await figureDb.putPixels(machine, figures);
    }
    // Only the first finds the runtime not loaded yet, as every job does.
    let coldSeconds = 0;
    for (const id of missing) {
      const model = findModel(id);
      const tile = tileOf(model, request);
      const figure = await backend.use((ops, inference) =>
        measureModel(ops, inference, model, tile, patternOf, signal),
      );
      coldSeconds ||= figure.loadSeconds;
      const loadSeconds = Math.max(coldSeconds, figure.loadSeconds);
      await figureDb.putModel(machine, model, { ...figure, loadSeconds });
    }
  } finally {
    await backend.dispose();
  }
  return missing.length + (needsPixels ? 1 : 0);
}

const patternOf = (size: Size) => new MovingPattern(size, 1).frame(0);

function tileOf(model: ModelEntry, { width, height }: MeasureRequest) {
  const { inputWidth, inputHeight } = planTiles({
    ...{ width, height },
    halo: model.receptiveField,
    multipleOf: model.multipleOf,
    maxInputPixels: tileBudgetPixels(model),
  });
  return { width: inputWidth, height: inputHeight };
}
