import { tileBudgetPixels } from '@clearreel/shared/enhance/tile-budget';
import { type FloatTile, TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import { outputGeometry } from '@clearreel/shared/spec/geometry';
import { planTiles } from '@clearreel/shared/tiles/plan';
import { openBackend } from '../../../web/src/engine/backend.ts';
import { findModel } from '../../../web/src/inference/catalogue.ts';
import { WasmInferenceHost } from '../../../web/src/inference/wasm-host.ts';
import { allFrames, since, withSource } from './coded-frames.ts';
import { keptFrames, type Sample } from './kept-frames.ts';
import type { PartOptions } from './protocol.ts';

/** Different tiles taken in turn: few enough to hold, enough that no cache keeps one warm. */
const tilesInTurn = 8;

async function cutTiles(
  file: File,
  { span }: PartOptions<'infer'>,
  entry: ModelEntry,
  ops: TypedArrayFrameOps,
): Promise<FloatTile[]> {
  const frames = await withSource(file, 'webcodecs', (source) => allFrames(source, span));
  const tiles: FloatTile[] = [];
  for (const { sample } of frames) {
    if (tiles.length < tilesInTurn) {
      const source = await ops.load(sample);
      const plan = planTiles({
        ...ops.sizeOf(source),
        halo: entry.receptiveField,
        multipleOf: entry.multipleOf,
        maxInputPixels: tileBudgetPixels(entry),
      });
      tiles.push(...plan.tiles.map(({ input }) => ops.cut(source, input)));
      ops.releaseSource(source);
    }
    sample.close();
  }
  return tiles;
}

export const enhanced = {
  async infer(file: File, options: PartOptions<'infer'>) {
    const ops = new TypedArrayFrameOps();
    const host = new WasmInferenceHost({ tiles: ops.tiles });
    try {
      const entry = findModel(options.model);
      const tiles = await cutTiles(file, options, entry, ops);
      const model = await host.load(entry);
      const startMs = performance.now();
      for (let done = 0; done < options.count; done++) {
        const tile = tiles[done % tiles.length];
        if (!tile) throw new Error('the span has no frame');
        ops.releaseTile(await model.run(tile));
      }
      return since(startMs, options.count);
    } finally {
      await host.dispose();
      ops.dispose();
    }
  },

  enhance: (file: File, { spec }: PartOptions<'enhance'>) =>
    withSource(file, 'webcodecs', async (source) => {
      const { startSeconds = null, endSeconds = null } = spec.trim ?? {};
      const frames = await allFrames(source, { startSeconds, endSeconds });
      const outputSize = outputGeometry(source.facts.video, spec.enhance.target, spec.output.codec);
      const model = findModel(spec.enhance.model);
      const backend = await openBackend('wasm', outputSize.width * outputSize.height);
      try {
        const enhancer = await backend.openEnhancer({
          model,
          outputSize,
          maxTilePixels: tileBudgetPixels(model),
          reuse: spec.enhance.reuse,
        });
        const samples: Sample[] = [];
        const startMs = performance.now();
        for (const frame of frames) samples.push(await enhancer.enhance(frame));
        const timed = since(startMs, samples.length);
        enhancer.reset();
        keptFrames.replace(samples);
        return timed;
      } finally {
        await backend.dispose();
      }
    }),
};
