import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { reportOf } from '../app/report.ts';
import { EngineClient } from '../engine/engine-client.ts';
import type { JobRecord } from '../jobs/job-record.ts';

const silenceSeconds = 60;

/** Why this device would not take a job, as a look at its file says; `null` where it would. Ended by the signal. */
export async function problemHere(
  file: File,
  { spec, host }: Pick<JobRecord, 'spec' | 'host'>,
  signal: AbortSignal,
): Promise<ErrorReport | null> {
  signal.throwIfAborted();
  const client = new EngineClient({ name: 'estimate', silenceSeconds, stage: () => 'prepare' });
  const stop = () => client.stop();
  signal.addEventListener('abort', stop);
  try {
    const options = { file, spec, host, isThorough: false };
    const { problems } = await client.call((engine) => engine.assess(options));
    return problems[0] ?? null;
  } catch (error) {
    signal.throwIfAborted();
    // What cannot even be looked at here is not done here either.
    return reportOf(error);
  } finally {
    signal.removeEventListener('abort', stop);
    client.stop();
  }
}
