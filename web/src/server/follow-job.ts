import type { EventName } from '@clearreel/shared/api/events';
import type { Job, JobProgress } from '@clearreel/shared/api/job';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { delay } from './delay.ts';
import type { ServerClient } from './server-client.ts';

/** What is told of a job that a server has. */
export interface Told {
  onJob(job: Job): void;
  onProgress(progress: JobProgress): void;
}

const pollMs = 3_000;

/** Servers send a sign of life every 10 s or so; a connection without any is dead, or held back by a proxy. */
const silenceMs = 30_000;

/** A browser opens six connections to a server; most must stay free for everything else, in all tabs together. */
const streamLocks = ['clearreel-events-1', 'clearreel-events-2'] as const;

const isOver = ({ state }: Job): boolean => state !== 'queued' && state !== 'processing';

/** Follows a job to its end: by events where a connection for them is free, else by asking now and then. */
export async function followJob(
  client: ServerClient,
  jobId: string,
  signal: AbortSignal,
  told: Told,
): Promise<Job> {
  for (;;) {
    const job = await client.job(jobId, signal);
    told.onJob(job);
    if (job.progress) told.onProgress(job.progress);
    if (isOver(job)) return job;
    const isStreamed = await withStream(() => readEvents(client, jobId, signal, told));
    if (!isStreamed) await delay(pollMs, signal);
  }
}

/** Resolves with whether there was a connection to be had and it told something. */
async function withStream(work: () => Promise<boolean>): Promise<boolean> {
  for (const name of streamLocks) {
    const worked = await navigator.locks.request(name, { ifAvailable: true }, (lock) =>
      lock ? work() : null,
    );
    if (worked !== null) return worked;
  }
  return false;
}

/** Reads events until the job is over or the connection breaks. */
async function readEvents(
  client: ServerClient,
  jobId: string,
  signal: AbortSignal,
  { onJob, onProgress }: Told,
): Promise<boolean> {
  const watch = new AbortController();
  const both = AbortSignal.any([signal, watch.signal]);
  let timer = setTimeout(() => watch.abort(), silenceMs);
  let isAnything = false;
  try {
    const response = await client.jobEvents(jobId, both);
    const isEvents = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (!response.body || !isEvents) return false;
    const alive = new TransformStream<string, string>({
      transform(text, controller) {
        clearTimeout(timer);
        timer = setTimeout(() => watch.abort(), silenceMs);
        controller.enqueue(text);
      },
    });
    const events = response.body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(alive)
      .pipeThrough(new EventSourceParserStream());
    for await (const { event, data } of events as unknown as AsyncIterable<ServerEvent>) {
      isAnything = true;
      if (event === 'deleted') throw new ClearReelError('JOB_MISSING');
      if (event === 'progress') onProgress(JSON.parse(data).progress);
      if (event !== 'job') continue;
      const job: Job = JSON.parse(data);
      onJob(job);
      if (isOver(job)) return true;
    }
    return isAnything;
  } catch (error) {
    // A connection that breaks is asked about by the next request, which tells more.
    signal.throwIfAborted();
    if (error instanceof ClearReelError) throw error;
    return isAnything;
  } finally {
    clearTimeout(timer);
    watch.abort();
  }
}

interface ServerEvent {
  readonly event?: EventName;
  readonly data: string;
}
