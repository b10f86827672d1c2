import { type EventName, watchJob, watchJobs } from '@clearreel/shared/api/events';
import { createSession, type Session } from 'better-sse';
import { type Request, type Response, Router } from 'express';
import { route } from '../http/route.ts';
import type { JobRepository } from './job-repository.ts';
import type { BoardEntry, BoardEvent, ProgressBoard } from './progress-board.ts';
import { findJob } from './routes.ts';
import { type JobView, shownProgress } from './show-job.ts';

interface EventOptions {
  readonly repository: JobRepository;
  readonly board: ProgressBoard;
  readonly view: JobView;
}

/** A reader that lags by more is let go: it comes back, and goes on where it was or with the present state. */
const mostWaitingBytes = 1_000_000;

/** The newest jobs are what a client that begins to watch is shown; it lists the rest. */
const presentJobs = 100;

const jobIdOf = (entry: BoardEntry): string => (entry.kind === 'job' ? entry.job.id : entry.jobId);

/** One client that watches all jobs, or one. */
class Watcher {
  readonly #options: EventOptions;
  readonly #jobId: string | null;
  readonly #session: Session;
  readonly #response: Response;
  /** Events are drawn up one after another, so that they leave in the order in which they came. */
  #sending: Promise<void> = Promise.resolve();

  constructor(options: EventOptions, jobId: string | null, session: Session, response: Response) {
    this.#options = options;
    this.#jobId = jobId;
    this.#session = session;
    this.#response = response;
  }

  start(): void {
    const { board } = this.#options;
    const missed = board.since(this.#session.lastId);
    const present = board.lastEventId;
    const stop = board.subscribe((event) => this.#send(event));
    this.#session.once('disconnected', stop);
    if (missed) for (const event of missed) this.#send(event);
    else this.#then(() => this.#sendPresent(present));
  }

  #send({ id, entry }: BoardEvent): void {
    if (this.#jobId !== null && jobIdOf(entry) !== this.#jobId) return;
    this.#then(async () => {
      if (entry.kind === 'job') this.#push('job', await this.#options.view.show(entry.job), id);
      if (entry.kind === 'deleted') this.#push('deleted', { jobId: entry.jobId }, id);
      if (entry.kind === 'progress') {
        const { jobId, progress } = entry;
        this.#push('progress', { jobId, progress: shownProgress(progress) }, id);
      }
    });
  }

  async #sendPresent(id: string): Promise<void> {
    const { repository, view } = this.#options;
    const jobs =
      this.#jobId === null
        ? (
            await repository.listJobs({
              limit: presentJobs,
              sort: 'updatedAt',
              order: 'descending',
            })
          ).jobs
        : [await findJob(repository, this.#jobId)];
    for (const job of [...jobs].reverse()) this.#push('job', await view.show(job), id);
  }

  #push(name: EventName, data: unknown, id: string): void {
    if (!this.#session.isConnected) return;
    this.#session.push(data, name, id);
    if (this.#response.writableLength > mostWaitingBytes) this.#response.destroy();
  }

  #then(send: () => Promise<void>): void {
    this.#sending = this.#sending.then(send).catch((error: unknown) => {
      this.#response.req.log.error({ err: error }, 'event lost');
      this.#response.destroy();
    });
  }
}

export function eventRoutes(options: EventOptions): Router {
  const router = Router();

  const watch = async (jobId: string | null, request: Request, response: Response) => {
    // A stream that says nothing would not even send its head.
    if (request.method === 'HEAD') return void response.type('text/event-stream').end();
    const session = await createSession(request, response);
    new Watcher(options, jobId, session, response).start();
  };

  route(router, watchJobs, ({ request, response }) => watch(null, request, response));

  route(router, watchJob, async ({ params, request, response }) => {
    await findJob(options.repository, params.jobId);
    await watch(params.jobId, request, response);
  });

  return router;
}
