import type { MediaSource, SourceFrame, TimeSpan } from '@clearreel/shared/media/source';
import { chooseEncoder, openEncoder } from '../../../web/src/encode/choose-encoder.ts';
import { openSource } from '../../../web/src/media/open-source.ts';
import { keptFrames } from './kept-frames.ts';
import type { PartOptions, Timed } from './protocol.ts';

const { signal } = new AbortController();

export const since = (startMs: number, frames: number): Timed => ({
  frames,
  seconds: (performance.now() - startMs) / 1000,
});

export async function withSource<T>(
  file: File,
  decoder: 'webcodecs' | 'ffmpeg' | undefined,
  use: (source: MediaSource) => Promise<T>,
): Promise<T> {
  const source = await openSource(file, decoder, signal);
  try {
    return await use(source);
  } finally {
    source.dispose();
  }
}

export async function allFrames(source: MediaSource, span: TimeSpan): Promise<SourceFrame[]> {
  const frames: SourceFrame[] = [];
  for await (const frame of source.frames(span, signal)) frames.push(frame);
  return frames;
}

export const coded = {
  decode: (file: File, { decoder, span }: PartOptions<'decode'>) =>
    withSource(file, decoder, async (source) => {
      let frames = 0;
      const startMs = performance.now();
      for await (const { sample } of source.frames(span, signal)) {
        sample.close();
        frames++;
      }
      return since(startMs, frames);
    }),

  keep: (file: File, { span }: PartOptions<'keep'>) =>
    withSource(file, 'webcodecs', async (source) => {
      const startMs = performance.now();
      const frames = await allFrames(source, span);
      keptFrames.replace(frames.map(({ sample }) => sample));
      return since(startMs, frames.length);
    }),

  async encode(_file: File, { spec, encoder, frameRate }: PartOptions<'encode'>) {
    const geometry = { ...keptFrames.size, pixelAspect: { num: 1, den: 1 }, roundedFrom: null };
    const { settings } = await chooseEncoder(spec, geometry, frameRate, encoder);
    const startMs = performance.now();
    const segment = await openEncoder(settings);
    try {
      for (const sample of keptFrames.clones()) await segment.encode(sample);
      const { packets } = await segment.finish();
      return since(startMs, packets.length);
    } finally {
      segment.close();
    }
  },
};
