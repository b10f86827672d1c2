import { greySample } from '@clearreel/shared/frameops/grey-sample';
import type { Choice } from '@clearreel/shared/media/facts';
import type { Provider } from '../jobs/job-record.ts';
import type { KeptEnhancers } from './kept-enhancers.ts';
import { thumbnailOf } from './poster.ts';
import { warmFrameOps } from './warm-frame-ops.ts';

const size = { width: 64, height: 64 };
const upright = { rotation: 0, flip: false } as const;

/** Loads the model and runs it once, small, and the work around it: the first runs compile what the later ones use. */
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
  const frame = { timestampSeconds: 0, durationSeconds: 1, sample: greySample(size) };
  (await enhancer.enhance(frame)).close();
  enhancer.reset();
  if (backend.provider.value === 'wasm') await warmFrameOps();
  // A preview can do without it.
  await thumbnailOf(new ImageData(size.width, size.height), upright, size).catch(() => null);
  return backend.provider;
}
