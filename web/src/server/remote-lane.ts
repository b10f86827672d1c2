import { asClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { reportOf } from '../app/report.ts';
import { endJob, type StopAs } from '../jobs/end-job.ts';
import { jobDb } from '../jobs/job-db.ts';
import { lockedJobs, withJobLock } from '../jobs/job-lock.ts';
import { listOpenJobs } from '../jobs/job-order.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { FileWait } from '../jobs/source-access.ts';
import type { Sources } from '../queue/sources.ts';
import { livingTabs } from '../queue/tab.ts';
import { deleteMarked, deleteRemote, dropUpload } from './delete-remote.ts';
import { Patience } from './patience.ts';
import { noWork, type RemoteWork } from './remote-work.ts';
import { runRemote } from './run-remote.ts';
import { ServerClient } from './server-client.ts';
import { isPassing, isTokenWrong } from './server-error.ts';
import { onServerChanged } from './server-preferences.ts';
import { useServer } from './server-store.ts';

export interface RemoteLaneOptions {
  readonly tab: string;
  readonly sources: Sources;
  isPaused(): boolean;
  /** What the jobs of this tab are doing, by id. */
  onWork(work: ReadonlyMap<string, RemoteWork>): void;
  onWaits(waits: ReadonlyMap<string, FileWait>): void;
  /** `null` where it did not even start. */
  onEnd(job: JobRecord | null): Promise<void>;
  onProblem(problem: ErrorReport): void;
}

const deleteAgainMs = 60_000;
const lookAgainMs = 1_000;

interface Running {
  readonly stopping: AbortController;
  readonly patience: Patience;
  /** Resolves when nothing of it is left running. */
  readonly over: Promise<void>;
}

/** Sends the jobs that are to be done on a server, and follows them, beside what this device does itself. */
export class RemoteLane {
  readonly #options: RemoteLaneOptions;
  readonly #running = new Map<string, Running>();
  /** Jobs that could not be begun; they wait until something happens. */
  readonly #refused = new Set<string>();
  readonly #work = new Map<string, RemoteWork>();
  #looking: Promise<void> | null = null;
  #looksAgain = false;
  #deleting: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  readonly #stopFollowing: () => void;

  constructor(options: RemoteLaneOptions) {
    this.#options = options;
    const stopToken = onServerChanged(() => this.tryNow());
    const stopServer = useServer.subscribe(({ status }, before) => {
      if (status === 'ready' && before.status !== 'ready') this.tryNow();
    });
    this.#stopFollowing = () => {
      stopToken();
      stopServer();
    };
  }

  /** Looks whether there is something to do. Called whenever that may be. */
  wake(): void {
    this.#looksAgain = true;
    this.#looking ??= this.#look()
      .catch((error) => this.#options.onProblem(reportOf(error, 'the queue')))
      .finally(() => {
        this.#looking = null;
      });
  }

  /** Lets a job be begun that was refused before. */
  admit(jobId: string): void {
    this.#refused.delete(jobId);
    this.wake();
  }

  /** Asks servers that were away at once, and deletes what they have not deleted yet. */
  tryNow = (): void => {
    for (const { patience } of this.#running.values()) patience.tryNow();
    this.#refused.clear();
    this.wake();
    this.#deleteMarked();
  };

  #deleteMarked = (): void => {
    clearTimeout(this.#deleting);
    this.#deleting = undefined;
    deleteMarked()
      .then(({ isAnyLeft, failure }) => {
        if (isAnyLeft) this.#deleting = setTimeout(this.#deleteMarked, deleteAgainMs);
        if (failure) throw failure;
      })
      .catch((error) => this.#options.onProblem(reportOf(error, 'the queue')));
  };

  #lookAgain = (): void => {
    this.#again = undefined;
    this.wake();
  };

  has(jobId: string): boolean {
    return this.#running.has(jobId);
  }

  /** Stops what this tab does for the job, and resolves with whether it did something, once it has ended. */
  async stop(jobId: string, as: StopAs): Promise<boolean> {
    const running = this.#running.get(jobId);
    if (!running) return false;
    running.stopping.abort(as);
    await running.over;
    return true;
  }

  /** Ends uploads; what servers do already, they go on with. */
  async stopUploads(as: StopAs): Promise<void> {
    for (const id of [...this.#running.keys()]) {
      const { remote } = await jobDb.get(id);
      if (!remote?.jobId) await this.stop(id, as);
    }
  }

  /** Cancels over there too. @throws ClearReelError where the server does not answer: then the job goes on. */
  async cancel(job: JobRecord): Promise<void> {
    const { id, remote, host } = job;
    if (remote?.jobId && host.server) {
      await cancelThere(host.server, remote.jobId);
      const running = this.#running.get(id);
      // It ends over there at its next frame, and this tab is told.
      if (running) return running.over;
    }
    if (!(await this.stop(id, 'cancelled'))) {
      await this.#options.onEnd(await withJobLock(id, () => endJob(id, 'cancelled')));
    }
    if (!remote?.jobId) await dropUpload(await jobDb.get(id));
  }

  /** Deletes a job here and over there. @throws ClearReelError `SERVER_DELETES_LATER`: it is marked */
  async remove(job: JobRecord): Promise<void> {
    await this.stop(job.id, 'queued');
    try {
      await deleteRemote(await jobDb.get(job.id));
    } finally {
      this.#deleting ??= setTimeout(this.#deleteMarked, deleteAgainMs);
    }
  }

  async close(): Promise<void> {
    this.#stopFollowing();
    clearTimeout(this.#deleting);
    clearTimeout(this.#again);
    const all = [...this.#running.values()];
    for (const { stopping } of all) stopping.abort('queued');
    await Promise.all(all.map(({ over }) => over));
  }

  async #look(): Promise<void> {
    while (this.#looksAgain) {
      this.#looksAgain = false;
      const waits = new Map<string, FileWait>();
      let isHeld = false;
      const [jobs, tabs, locked] = await Promise.all([listOpenJobs(), livingTabs(), lockedJobs()]);
      for (const job of jobs) {
        const isOurs = job.tab === this.#options.tab || !tabs.has(job.tab ?? '');
        const isFree = !this.#running.has(job.id) && !this.#refused.has(job.id);
        if (!job.host.server || job.state === 'paused' || !isOurs || !isFree) continue;
        if (job.remote?.isDeleted) continue;
        if (locked.has(job.id)) {
          // A tab that is being closed may let go of it a moment later; another that takes it says so.
          isHeld = true;
          continue;
        }
        const isSent = job.remote?.jobId !== undefined;
        if (!isSent && this.#options.isPaused()) continue;
        const file = await this.#options.sources.reach(job, false);
        if (!isSent && typeof file === 'string') waits.set(job.id, file);
        else if (isSent || file) this.#begin(job, file instanceof File ? file : null);
      }
      this.#options.onWaits(waits);
      if (isHeld) this.#again ??= setTimeout(this.#lookAgain, lookAgainMs);
    }
  }

  #begin(job: JobRecord, file: File | null): void {
    const { onEnd, onProblem } = this.#options;
    const stopping = new AbortController();
    const patience = new Patience();
    const over = withJobLock(job.id, () => this.#run(job, file, stopping.signal, patience))
      .catch((error) => {
        const { code } = reportOf(error);
        // Where a tab that has it is closed, it may be begun here.
        if (code !== 'JOB_BUSY') this.#refused.add(job.id);
        // Another tab has it, or has done something else with it in the meantime.
        if (code !== 'JOB_CHANGED' && code !== 'JOB_BUSY') onProblem(reportOf(error, 'the queue'));
        return null;
      })
      .then((ended) => {
        patience.end();
        this.#running.delete(job.id);
        this.#note(job.id, null);
        return onEnd(ended);
      })
      .catch((error) => onProblem(reportOf(error, 'the queue')));
    this.#running.set(job.id, { stopping, patience, over });
    this.#note(job.id, {});
  }

  async #run(
    job: JobRecord,
    file: File | null,
    signal: AbortSignal,
    patience: Patience,
  ): Promise<JobRecord> {
    const isRetry = job.state === 'queued';
    await jobDb.adopt(job.id, this.#options.tab);
    const attempt = { jobId: job.id, file, isRetry, signal };
    for (;;) {
      try {
        return await runRemote({
          ...attempt,
          onWork: (work) => {
            patience.renew();
            this.#note(job.id, work);
          },
        });
      } catch (error) {
        if (signal.aborted) return endStopped(job.id, signal.reason);
        if (isTokenWrong(error)) {
          this.#note(job.id, { phase: 'needsToken' });
          await patience.waitForUser(signal).catch(() => {});
        } else if (isPassing(error)) {
          this.#note(job.id, { phase: 'away' });
          await patience.wait(signal).catch(() => {});
        } else {
          return jobDb.fail(job.id, asClearReelError(error).toReport());
        }
        if (signal.aborted) return endStopped(job.id, signal.reason);
      }
    }
  }

  #note(jobId: string, change: Partial<RemoteWork> | null): void {
    if (change) this.#work.set(jobId, { ...noWork, ...this.#work.get(jobId), ...change });
    else this.#work.delete(jobId);
    this.#options.onWork(new Map(this.#work));
  }
}

async function cancelThere(address: string, jobId: string): Promise<void> {
  try {
    await new ServerClient(address).cancelJob(jobId);
  } catch (error) {
    // Over already: whoever follows it hears how.
    if (reportOf(error).code !== 'JOB_CHANGED') throw error;
  }
}

/** A job that a server has is left as it is: whoever opens the page next goes on following it. */
async function endStopped(id: string, as: StopAs): Promise<JobRecord> {
  const job = await jobDb.get(id);
  return job.remote?.jobId && as === 'queued' ? job : endJob(id, as);
}
