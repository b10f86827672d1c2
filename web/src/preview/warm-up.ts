import type { Choice } from '@clearreel/shared/media/facts';
import { VideoSample } from 'mediabunny';
import type { Provider } from '../jobs/job-record.ts';
import type { KeptEnhancers } from './kept-enhancers.ts';

const size = { width: 64, height: 64 };

function greySample(): VideoSample {
  const { width, height } = size;
  const bytes = new Uint8Array(width * height * 1.5).fill(128);
  return new VideoSample(bytes, {
    ...{ format: 'I420', codedWidth: width, codedHeight: height, timestamp: 0 },
  });
}

/** Loads the model and runs it once, small: the first run compiles what the later ones use. */
export async function warmUp(
  kept: KeptEnhancers,
  model: string,
  provider: Provider | undefined,
): Promise<Choice<Provider>> {
  const { enhancer, backend } = await kept.take({
    enhance: { model, strength: 100 },
    sourceSize: size,
    outputSize: size,
    provider,
  });
  const frame = { timestampSeconds: 0, durationSeconds: 1, sample: greySample() };
  (await enhancer.enhance(frame)).close();
  enhancer.reset();
  return backend.provider;
}
