import { EngineClient } from '../engine/engine-client.ts';
import type { Inspection } from '../engine/outcome.ts';
import type { HostOptions } from '../jobs/job-record.ts';
import { usePreview } from '../preview/preview-store.ts';
import type { Draft } from './draft.ts';

export { parseJobSpec } from '@clearreel/shared/spec/job-spec';

/** Reading facts is quick; a worker silent for this long while it does so is stuck. */
const silenceSeconds = 60;

/** Reads a file. The one that is looked at is opened for its preview, so that nothing is read twice. */
export async function readDraft(
  { file, spec }: Draft,
  host: HostOptions,
  isLookedAt: boolean,
): Promise<Inspection> {
  if (isLookedAt) return usePreview.getState().open(file, host, spec);
  const client = new EngineClient({
    name: 'inspect',
    silenceSeconds: host.stallSeconds ?? silenceSeconds,
    stage: () => 'open',
  });
  try {
    return await client.call((engine) => engine.inspect(file, host));
  } finally {
    client.stop();
  }
}
