import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { proposeSpec } from '@clearreel/shared/spec/propose';
import { expose } from 'comlink';
import { fingerprint } from '../jobs/fingerprint.ts';
import { runJob } from '../jobs/run-job.ts';
import { openSource } from '../media/open-source.ts';
import { readError } from '../media/read-errors.ts';
import type { EngineApi, Outcome } from './engine-api.ts';

let running: AbortController | null = null;

async function outcomeOf<T>(work: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>> {
  const controller = new AbortController();
  running = controller;
  try {
    return { ok: true, value: await work(controller.signal) };
  } catch (error) {
    return { ok: false, error: readError(error, 'INTERNAL').toReport() };
  } finally {
    if (running === controller) running = null;
  }
}

/**
 * A rejection that no stage waited for. It ends the running work with an error, because otherwise something would
 * wait in silence for a result that never comes.
 */
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  running?.abort(asClearReelError(event.reason));
});

const engine: EngineApi = {
  ping: () => true,
  inspect: (file, host) =>
    outcomeOf(async (signal) => {
      const source = await openSource(file, host.decoder, signal);
      try {
        const { facts, notices } = source;
        return {
          facts,
          notices,
          proposed: proposeSpec(facts),
          fingerprint: await fingerprint(file),
        };
      } finally {
        source.dispose();
      }
    }),
  run: (jobId, file, host, attempt, onProgress) =>
    outcomeOf((signal) => runJob({ jobId, file, host, attempt, signal, onProgress })),
  cancel: () => running?.abort(new ClearReelError('CANCELLED')),
};

expose(engine);
