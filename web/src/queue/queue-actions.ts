import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { createJobs } from '../jobs/create-job.ts';
import { endJob } from '../jobs/end-job.ts';
import { fingerprint } from '../jobs/fingerprint.ts';
import { jobDb } from '../jobs/job-db.ts';
import { withJobLock } from '../jobs/job-lock.ts';
import { moveJob } from '../jobs/job-order.ts';
import type { HostOptions, JobRecord } from '../jobs/job-record.ts';
import { copySource } from '../jobs/source-access.ts';
import { deleteJob } from '../jobs/sweep.ts';
import type { RemoteLane } from '../server/remote-lane.ts';
import { forEach } from './for-each.ts';
import type { QueueState } from './queue-state.ts';
import type { Runner } from './runner.ts';
import type { Sources } from './sources.ts';

export interface QueueParts {
  readonly tab: string;
  readonly sources: Sources;
  runner(): Runner;
  lane(): RemoteLane;
  refresh(): Promise<void>;
  setPaused(isPaused: boolean): void;
  interrupted(): readonly JobRecord[];
  noteEnded(job: JobRecord): void;
}

type Actions = Pick<
  QueueState,
  | 'add'
  | 'move'
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'retry'
  | 'bringHome'
  | 'remove'
  | 'provideFile'
  | 'reachSource'
  | 'pauseQueue'
  | 'resumeQueue'
  | 'continueAll'
  | 'tryServers'
>;

/** What the user does with the queue. Each resolves when it is stored, and the lists show it. */
export function queueActions(parts: QueueParts): Actions {
  const { tab, sources, runner, lane, refresh } = parts;

  const requeue = async (jobId: string, host?: HostOptions) => {
    await withJobLock(jobId, () => jobDb.requeue(jobId, tab, host));
    runner().admit(jobId);
    lane().admit(jobId);
  };

  /** Asks for the file first, because a click counts only for a moment. Resolves with whether it is at hand. */
  const goOn = async (jobId: string, host?: HostOptions): Promise<boolean> => {
    const job = await jobDb.get(jobId);
    const found = await sources.reach(job, true);
    await requeue(jobId, host);
    return found instanceof File || job.remote?.jobId !== undefined;
  };

  /** The job waits for its file, and the user is told at once. */
  const requireFile = (isAtHand: boolean) => {
    if (!isAtHand) throw new ClearReelError('SOURCE_CHANGED');
  };

  return {
    async add(jobs) {
      const records = await createJobs(jobs, tab);
      await forEach(records, async ({ id }) => {
        const job = jobs[records.findIndex((record) => record.id === id)];
        if (!job) return;
        sources.put(id, job.file);
        const { file, handle, keepsCopy } = job;
        if (keepsCopy && !handle) await sources.holding(id, () => copySource(id, file));
      }).finally(() => {
        runner().wake();
        lane().wake();
      });
      await refresh();
      return records;
    },

    async move(jobId, beforeJobId) {
      await moveJob(jobId, beforeJobId);
      await refresh();
    },

    async pause(jobId) {
      if (await runner().stop(jobId, 'paused')) return;
      if (await lane().stop(jobId, 'paused')) return;
      await withJobLock(jobId, () => jobDb.pause(jobId));
      await refresh();
    },

    async resume(jobId) {
      const isAtHand = await goOn(jobId);
      await refresh();
      requireFile(isAtHand);
    },

    async cancel(jobId) {
      if (await runner().stop(jobId, 'cancelled')) return;
      const job = await jobDb.get(jobId);
      if (job.host.server) return lane().cancel(job);
      parts.noteEnded(await withJobLock(jobId, () => endJob(jobId, 'cancelled')));
      await refresh();
    },

    async retry(jobId, { host } = {}) {
      const isAtHand = await goOn(jobId, host);
      await moveJob(jobId, null);
      await refresh();
      requireFile(isAtHand);
    },

    async bringHome(jobId) {
      const found = await sources.reach(await jobDb.get(jobId), true);
      requireFile(found instanceof File);
      await lane().stop(jobId, 'paused');
      await withJobLock(jobId, () => jobDb.bringHome(jobId, tab));
      await moveJob(jobId, null);
      runner().admit(jobId);
      lane().tryNow();
      await refresh();
    },

    async remove(jobIds) {
      const removeJob = async (id: string) => {
        await runner().stop(id, 'cancelled');
        const job = await jobDb.find(id);
        if (job?.remote) await lane().remove(job);
        else await deleteJob(id);
        sources.forget(id);
      };
      await forEach(jobIds, removeJob, 16).finally(refresh);
    },

    async provideFile(jobId, file, handle) {
      const { source, state } = await jobDb.get(jobId);
      if ((await fingerprint(file)) !== source.fingerprint) {
        throw new ClearReelError('SOURCE_MISMATCH', { name: source.name });
      }
      sources.put(jobId, file);
      if (handle) await jobDb.setHandle(jobId, handle);
      if (state !== 'completed') await requeue(jobId);
      await refresh();
    },

    async reachSource(job, mayAsk) {
      const found = await sources.reach(job, mayAsk);
      return found instanceof File ? found : null;
    },

    async pauseQueue() {
      parts.setPaused(true);
      await Promise.all([runner().stopAny('queued'), lane().stopUploads('queued')]);
      await refresh();
    },

    resumeQueue() {
      parts.setPaused(false);
      runner().wake();
      lane().wake();
    },

    tryServers: () => lane().tryNow(),

    async continueAll() {
      const jobs = parts.interrupted();
      await forEach(jobs, ({ id }) => goOn(id));
      await refresh();
    },
  };
}
