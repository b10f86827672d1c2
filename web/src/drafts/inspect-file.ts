import type { Inspection } from '../engine/engine-api.ts';
import { EngineClient } from '../engine/engine-client.ts';
import type { HostOptions } from '../jobs/job-record.ts';

/** Reading facts is quick; a worker silent for this long while it does so is stuck. */
const silenceSeconds = 60;

export async function inspectFile(file: File, host: HostOptions): Promise<Inspection> {
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
