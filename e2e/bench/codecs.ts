import { clip } from '../clips/index.ts';
import type { Effort } from './effort.ts';
import { type CodecComparison, type CodecFigures, rounded } from './figures.ts';
import { median } from './median.ts';
import type { Codec, Timed } from './parts/protocol.ts';
import { PartsApp } from './parts-app.ts';
import { benchSpec } from './timed-job.ts';

const clipName = 'real/bigbuckbunny';
const frameRate = 25;
const spec = benchSpec({ enhance: { target: { kind: 'factor', factor: 1 } } });

/** WebCodecs over ffmpeg.wasm on one 720p clip in H.264, starting included: a user waits for that too. */
export async function measureCodecs(effort: Effort): Promise<CodecFigures> {
  const repeats = effort === 'full' ? 2 : 1;
  const span = { startSeconds: null, endSeconds: effort === 'full' ? null : 0.4 };
  const parts = await PartsApp.open(await clip(clipName));
  try {
    await parts.run('keep', { span });
    const decode = await compare(repeats, (decoder) => parts.run('decode', { decoder, span }));
    const encode = await compare(repeats, (encoder) =>
      parts.run('encode', { spec, encoder, frameRate }),
    );
    return { decode, encode };
  } finally {
    await parts.close();
  }
}

async function compare(
  repeats: number,
  run: (codec: Codec) => Promise<Timed>,
): Promise<CodecComparison> {
  const rates: Record<Codec, number[]> = { webcodecs: [], ffmpeg: [] };
  let frames = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const codec of ['webcodecs', 'ffmpeg'] as const) {
      const timed = await run(codec);
      rates[codec].push(timed.frames / timed.seconds);
      frames = timed.frames;
    }
  }
  const [webcodecs, ffmpeg] = [median(rates.webcodecs), median(rates.ffmpeg)];
  return {
    clip: clipName,
    frames,
    webcodecsFramesPerSecond: rounded(webcodecs, 1),
    ffmpegFramesPerSecond: rounded(ffmpeg, 1),
    ratio: rounded(webcodecs / ffmpeg, 1),
  };
}
