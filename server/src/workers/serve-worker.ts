import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import { type NewestView, openNewestView } from '../engine/newest-pictures.ts';
import type { WorkerEngine } from './engine.ts';
import { type FromWorker, type ToWorker, toWorkerSchema } from './messages.ts';

const progressMs = 250;

/** Who still looks at the newest frame has asked for it again by then. */
const watchedMs = 10_000;

interface Running {
  readonly attempt: string;
  readonly abort: AbortController;
  readonly view: NewestView;
  watched: NodeJS.Timeout | undefined;
  isToStop: boolean;
  answer: ((isKept: boolean) => void) | null;
}

const send = (message: FromWorker): void => {
  // Where nobody hears it, the process ends by `disconnect`.
  if (process.connected) process.send?.(message);
};

/** Leaves out what comes too soon after the one before; the next one tells it all anyway. */
function throttled(report: (progress: Progress) => void): (progress: Progress) => void {
  let stage: Progress['stage'] | null = null;
  let reportedAtMs = 0;
  return (progress) => {
    const nowMs = performance.now();
    if (progress.stage === stage && nowMs - reportedAtMs < progressMs) return;
    stage = progress.stage;
    reportedAtMs = nowMs;
    report(progress);
  };
}

async function runJob(
  engine: WorkerEngine,
  running: Running,
  job: Extract<ToWorker, { kind: 'run' }>,
): Promise<FromWorker> {
  const { attempt, abort, view } = running;
  const { sourcePath, sourceName, spec, workFolder, resultFolder } = job;
  try {
    const { outcome, notices } = await engine.run({
      sourcePath,
      sourceName,
      spec,
      workFolder,
      resultFolder,
      signal: abort.signal,
      view,
      onProgress: throttled((progress) => send({ kind: 'progress', attempt, progress })),
      async onSegment({ index, frameCount }) {
        const isKept = await new Promise<boolean>((resolve) => {
          running.answer = resolve;
          send({ kind: 'segment', attempt, index, frameCount });
        });
        if (!isKept || running.isToStop) abort.abort();
        abort.signal.throwIfAborted();
      },
    });
    return { kind: 'finished', attempt, outcome, notices: [...notices] };
  } catch (error) {
    if (abort.signal.aborted) return { kind: 'stopped', attempt };
    return { kind: 'failed', attempt, report: asClearReelError(error).toReport() };
  }
}

/** Shows the newest frame for a while: one that nobody looks at is not worth its time. */
function beWatched(running: Running): void {
  const { attempt, view } = running;
  clearTimeout(running.watched);
  running.watched = setTimeout(() => view.watch(null), watchedMs);
  view.watch(async (frames) => send({ kind: 'newest', attempt, ...frames }));
}

/** Makes this process a worker: it runs one job at a time for the process that started it, and ends with that. */
export function serveWorker(engine: WorkerEngine, aliveMs: number): void {
  let running: Running | null = null;

  const follow = (message: ToWorker): void => {
    if (message.kind === 'run') {
      const started: Running = {
        attempt: message.attempt,
        abort: new AbortController(),
        view: openNewestView(),
        watched: undefined,
        isToStop: false,
        answer: null,
      };
      running = started;
      void runJob(engine, started, message).then((end) => {
        running = null;
        clearTimeout(started.watched);
        send(end);
      });
      return;
    }
    if (running?.attempt !== message.attempt) return;
    if (message.kind === 'cancel') running.abort.abort();
    if (message.kind === 'stop') running.isToStop = true;
    if (message.kind === 'watch') beWatched(running);
    if (message.kind === 'recorded') running.answer?.(message.isKept);
  };

  process.on('message', (message) => follow(toWorkerSchema.parse(message)));
  process.on('disconnect', () => process.exit());
  // A Ctrl-C in a terminal reaches every process of the group; when to end is the server's to say.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});

  const tellAlive = () => send({ kind: 'alive', memoryBytes: process.memoryUsage.rss() });
  tellAlive();
  setInterval(tellAlive, aliveMs);
}
