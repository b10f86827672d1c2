import type { PlannedSegment } from '../plan/plan.ts';
import { Channel } from './channel.ts';
import type { RunSegmentsOptions } from './run-options.ts';
import { type Decoded, decodeStage, type Enhanced, encodeStage, enhanceStage } from './stages.ts';
import { Steps } from './steps.ts';

/** Frames waiting between two stages: enough that neither idles, few enough that memory does not matter. */
const channelCapacity = 2;

/** Neighbouring segments are served from one decoder pass, since a seek costs more than decoding on. */
export function contiguousRuns(segments: readonly PlannedSegment[]): PlannedSegment[][] {
  const runs: PlannedSegment[][] = [];
  for (const segment of segments) {
    const run = runs.at(-1);
    if (run?.at(-1)?.index === segment.index - 1) run?.push(segment);
    else runs.push([segment]);
  }
  return runs;
}

/**
 * Decodes, enhances and encodes segments with the three stages side by side, and stores each as it is finished.
 * Everything taken is freed on every way out; the first failure stops all stages and is thrown with a code.
 */
export async function runSegments(options: RunSegmentsOptions): Promise<void> {
  for (const run of contiguousRuns(options.segments)) await runPass(options, run);
}

async function runPass(options: RunSegmentsOptions, run: readonly PlannedSegment[]): Promise<void> {
  options.signal.throwIfAborted();
  const steps = new Steps(options);
  const decoded = new Channel<Decoded>(channelCapacity, ({ frame }) => frame.sample.close());
  const enhanced = new Channel<Enhanced>(channelCapacity, ({ sample }) => sample.close());
  const onAbort = () => {
    decoded.fail(steps.signal.reason);
    enhanced.fail(steps.signal.reason);
  };
  steps.signal.addEventListener('abort', onAbort, { once: true });
  const guard = (stage: Promise<void>) => stage.catch((error) => steps.abort(error));
  try {
    await Promise.all([
      guard(decodeStage(options, run, steps, decoded)),
      guard(enhanceStage(options, steps, decoded, enhanced)),
      guard(encodeStage(options, run, steps, enhanced)),
    ]);
    steps.signal.throwIfAborted();
  } finally {
    // A frame may still be in the model: what it reads and writes is freed only after it.
    await steps.end();
    steps.signal.removeEventListener('abort', onAbort);
    options.enhancer.reset();
  }
}
