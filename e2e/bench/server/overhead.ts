import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rateFor } from '@clearreel/server/encode/codecs';
import { NodeAvEncoder } from '@clearreel/server/encode/node-av-encoder';
import { keepInference, openBackend } from '@clearreel/server/engine/backend';
import { Engine } from '@clearreel/server/engine/engine';
import { findModel } from '@clearreel/server/inference/models';
import { openSource } from '@clearreel/server/media/open-source';
import { codecString } from '@clearreel/shared/encode/codec-string';
import type { FrameOps } from '@clearreel/shared/frameops/contract';
import type { EncoderSettings } from '@clearreel/shared/media/encoder';
import type { SourceFrame } from '@clearreel/shared/media/source';
import { choice } from '@clearreel/shared/notices/notice';
import { clip } from '../../clips/index.ts';
import type { Effort } from '../effort.ts';
import { type OverheadFigures, rounded } from '../figures.ts';
import { median } from '../median.ts';
import { benchSpec } from '../timed-job.ts';

const clipName = 'real/bikes';
const model = 'reel-x2';
const seconds = { full: 2, quick: 0.2 };

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const startMs = performance.now();
  await work();
  return (performance.now() - startMs) / 1000;
};

/** A whole job of the server's engine against its parts measured alone, in turns. */
export async function measureServerOverhead(effort: Effort): Promise<OverheadFigures> {
  const path = await clip(clipName);
  const spec = benchSpec({ trim: { endSeconds: seconds[effort] }, enhance: { model } });
  const signal = new AbortController().signal;
  const span = { startSeconds: null, endSeconds: seconds[effort] };
  const repeats = effort === 'full' ? 7 : 1;
  const entry = findModel(model);
  // As in a worker, which finds out once what the machine can do and has the model of the job before.
  const engine = new Engine();
  await jobSeconds(engine, path, spec);
  const inference = keepInference(choice('cpu', 'CPU_WANTED'));
  const source = await openSource(path, 'bikes', {}, signal, () => {});
  const kept: SourceFrame['sample'][] = [];
  try {
    const { width, height, averageFrameRate } = source.facts.video;
    const outputSize = { width: width * entry.scale, height: height * entry.scale };
    const settings: EncoderSettings = {
      ...{ encoder: 'node-av', codec: 'avc', frameRate: averageFrameRate, ...outputSize },
      codecString: codecString('avc', outputSize, averageFrameRate),
      rate: rateFor('avc', spec.output.quality),
    };
    const backend = openBackend(inference, settings);
    const enhancer = await backend.openEnhancer({
      ...{ model: entry, outputSize, maxTilePixels: Number.MAX_SAFE_INTEGER, reuse: false },
    });
    for await (const frame of source.frames(span, signal)) kept.push(await enhancer.enhance(frame));
    await enhancer.dispose();

    const decode = () =>
      secondsOf(async () => {
        for await (const { sample } of source.frames(span, signal)) sample.close();
      });
    const encode = () =>
      secondsOf(async () => {
        const encoder = await NodeAvEncoder.open(settings);
        for (const sample of kept) await encoder.encode(sample.clone());
        await encoder.finish();
        encoder.close();
      });
    const infer = () =>
      backend.use(async (ops, host) => {
        const loaded = await host.load(entry);
        const tile = await firstTile(ops);
        const run = async () => ops.releaseTile(await loaded.run(tile));
        await run();
        const taken = await secondsOf(async () => {
          for (let frame = 0; frame < kept.length; frame++) await run();
        });
        ops.releaseTile(tile);
        return taken;
      });
    const firstTile = async <Source, Tile, Picture>(ops: FrameOps<Source, Tile, Picture>) => {
      for await (const { sample } of source.frames(span, signal)) {
        const loaded = await ops.load(sample);
        sample.close();
        const tile = ops.cut(loaded, { x: 0, y: 0, width, height });
        ops.releaseSource(loaded);
        return tile;
      }
      throw new Error('the clip has no frames');
    };
    const turns: { job: number; decode: number; infer: number; encode: number }[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      const turn = {
        job: await jobSeconds(engine, path, spec),
        decode: await decode(),
        infer: await infer(),
        encode: await encode(),
      };
      turns.push(turn);
      console.error(`${turn.job.toFixed(2)} s over ${sumOf(turn).toFixed(2)} s`);
    }
    const middle = (part: keyof (typeof turns)[number]) =>
      rounded(median(turns.map((turn) => turn[part])));
    const ratios = turns.map((turn) => turn.job / sumOf(turn));
    const sum = middle('decode') + middle('infer') + middle('encode');
    return {
      ...{ clip: clipName, model, frames: kept.length, repeats },
      jobSeconds: middle('job'),
      decodeSeconds: middle('decode'),
      inferenceSeconds: middle('infer'),
      encodeSeconds: middle('encode'),
      ratio: rounded(middle('job') / sum),
      ratioRange: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    };
  } finally {
    for (const sample of kept) sample.close();
    source.dispose();
    await inference.host.dispose();
    await engine.release();
  }
}

const sumOf = (turn: { decode: number; infer: number; encode: number }) =>
  turn.decode + turn.infer + turn.encode;

async function jobSeconds(
  engine: Engine,
  path: string,
  spec: ReturnType<typeof benchSpec>,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-job-'));
  try {
    return await secondsOf(() =>
      engine.runJob({
        ...{ sourcePath: path, sourceName: 'bikes', spec, providers: ['cpu'] },
        workFolder: join(folder, 'work'),
        resultFolder: join(folder, 'result'),
        signal: new AbortController().signal,
        onProgress: () => {},
        onSegment: async () => {},
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
