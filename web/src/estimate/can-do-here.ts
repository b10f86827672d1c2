import { EngineClient } from '../engine/engine-client.ts';
import type { JobRecord } from '../jobs/job-record.ts';

const silenceSeconds = 60;

/** Whether this device would take a job, as a look at its file says. Ended by the signal, with `false`. */
export async function canDoHere(
  file: File,
  { spec, host }: Pick<JobRecord, 'spec' | 'host'>,
  signal: AbortSignal,
): Promise<boolean> {
  const client = new EngineClient({ name: 'estimate', silenceSeconds, stage: () => 'prepare' });
  const stop = () => client.stop();
  signal.addEventListener('abort', stop);
  try {
    const options = { file, spec, host, isThorough: false };
    const { problems } = await client.call((engine) => engine.assess(options));
    return problems.length === 0;
  } catch {
    // What cannot even be looked at here is not done here either.
    return false;
  } finally {
    signal.removeEventListener('abort', stop);
    client.stop();
  }
}
