import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { readError } from '@clearreel/shared/media/read-errors';
import { settled } from '@clearreel/shared/pipeline/settled';
import { expose, transfer } from 'comlink';
import { assess } from '../estimate/assess.ts';
import { measure } from '../estimate/measure.ts';
import { openLiveBitmaps } from '../jobs/live-frames.ts';
import { runJob } from '../jobs/run-job.ts';
import { previewMethods } from '../preview/preview-methods.ts';
import type { EngineApi, Outcome } from './engine-api.ts';
import { inspect } from './inspect.ts';

/** How long ended work may take to clean up before its caller is answered all the same. */
const cleanUpSeconds = 5;

const running = new Set<AbortController>();

const live = openLiveBitmaps();

function endAll(reason: ClearReelError): void {
  for (const controller of running) controller.abort(reason);
}

/** Answers in every case: with the value, with the error, or, where an abort is not heeded, without the work. */
async function outcomeOf<T>(work: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>> {
  const controller = new AbortController();
  const { signal } = controller;
  running.add(controller);
  try {
    return { ok: true, value: await endable(work(signal), signal) };
  } catch (error) {
    const cause = signal.aborted ? signal.reason : error;
    return { ok: false, error: readError(cause, 'INTERNAL').toReport() };
  } finally {
    running.delete(controller);
  }
}

function endable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const ended = new Promise<never>((_, reject) => {
    const end = async () => {
      await settled([work], cleanUpSeconds);
      reject(signal.reason);
    };
    signal.addEventListener('abort', () => void end(), { once: true });
  });
  return Promise.race([work, ended]);
}

/**
 * A rejection that no stage waited for. It ends the running work with an error, because otherwise something would
 * wait in silence for a result that never comes.
 */
self.addEventListener('unhandledrejection', (event) => {
  if (running.size === 0) return; // Nobody waits; the browser reports it to the console.
  event.preventDefault();
  endAll(asClearReelError(event.reason, 'WORKER_CRASHED'));
});

const engine: EngineApi = {
  ping: () => true,
  inspect: (file, host) => outcomeOf((signal) => inspect(file, host, signal)),
  assess: (options) => outcomeOf((signal) => assess(options, signal)),
  measure: (request, host) => outcomeOf((signal) => measure(request, host, signal)),
  run: (jobId, file, host, attempt, onProgress) =>
    outcomeOf((signal) =>
      runJob({
        ...{ jobId, file, host, attempt, signal, live },
        onProgress(progress) {
          // A page that cannot show the progress is no reason to stop the job.
          Promise.resolve(onProgress(progress)).catch(() => {});
        },
      }),
    ),
  watch: (show) =>
    live.watch(show && ((frames) => show(transfer(frames, [frames.before, frames.after])))),
  cancel: () => endAll(new ClearReelError('CANCELLED')),
  ...previewMethods(outcomeOf),
};

expose(engine);
