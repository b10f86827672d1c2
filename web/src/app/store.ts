import { asClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import { type JobSpec, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { create } from 'zustand';
import type { Inspection } from '../engine/engine-api.ts';
import { EngineClient } from '../engine/engine-client.ts';
import { createJobs } from '../jobs/create-job.ts';
import { jobDb } from '../jobs/job-db.ts';
import { lockedJobs, withJobLock } from '../jobs/job-lock.ts';
import type { HostOptions, JobRecord } from '../jobs/job-record.ts';
import { copySource, storedSource } from '../jobs/source-access.ts';
import { type SupervisedJob, superviseJob } from '../jobs/supervise-job.ts';
import { deleteJob, sweep } from '../jobs/sweep.ts';

/** Reading facts is quick; a worker silent for this long while it does so is stuck. */
const inspectSilenceSeconds = 60;

export interface AppState {
  readonly file: File | null;
  /** Lets the job find the file again after the tab was closed; `null` where the browser gave none. */
  readonly handle: FileSystemFileHandle | null;
  /** Copy the file into the browser's storage when the job starts, because there is no handle to it. */
  readonly keepsCopy: boolean;
  readonly inspection: Inspection | null;
  readonly isInspecting: boolean;
  readonly spec: JobSpec | null;
  readonly host: HostOptions;
  readonly error: ErrorReport | null;
  readonly progress: Progress | null;
  /** The job that this tab runs or has run last. */
  readonly job: JobRecord | null;
  readonly isRunning: boolean;
  readonly jobs: readonly JobRecord[];
  readonly runningElsewhere: ReadonlySet<string>;
  open(): Promise<void>;
  pick(file: File, handle?: FileSystemFileHandle): Promise<void>;
  setKeepsCopy(keepsCopy: boolean): void;
  setSpec(spec: unknown): void;
  setHost(host: HostOptions): Promise<void>;
  start(): Promise<void>;
  /** Without a file the job's own handle or copy is used. */
  resume(jobId: string, file?: File): Promise<void>;
  cancel(): void;
  remove(jobId: string): Promise<void>;
}

let supervised: SupervisedJob | null = null;

const reportOf = (error: unknown): ErrorReport =>
  asClearReelError(error, 'INTERNAL', { stage: 'the page' }).toReport();

async function inspectFile(file: File, host: HostOptions): Promise<Inspection> {
  const silenceSeconds = host.stallSeconds ?? inspectSilenceSeconds;
  const client = new EngineClient({ silenceSeconds, stage: () => 'open' });
  try {
    return await client.call((engine) => engine.inspect(file, host));
  } finally {
    client.stop();
  }
}

export const useApp = create<AppState>()((set, get) => {
  const refresh = async () =>
    set({ jobs: await jobDb.list(), runningElsewhere: await lockedJobs() });

  /** Does what may fail at any point and shows the error. */
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      set({ error: reportOf(error) });
    }
  };

  const supervise = async (jobId: string, file: File) => {
    set({ isRunning: true, error: null, progress: null });
    try {
      set({ job: await jobDb.get(jobId) });
      supervised = superviseJob(jobId, file, (progress) => set({ progress }));
      const job = await supervised.done;
      if (job.state !== 'completed' && !job.planned) await deleteJob(jobId);
      set({ job, error: job.error ?? null });
    } finally {
      supervised = null;
      set({ isRunning: false });
      await refresh();
    }
  };

  return {
    file: null,
    handle: null,
    keepsCopy: false,
    inspection: null,
    isInspecting: false,
    spec: null,
    host: {},
    error: null,
    progress: null,
    job: null,
    isRunning: false,
    jobs: [],
    runningElsewhere: new Set(),

    open: () =>
      attempt(async () => {
        await sweep();
        await refresh();
      }),

    async pick(file, handle) {
      const fresh = { inspection: null, error: null, job: null, progress: null };
      set({ ...fresh, file, handle: handle ?? null, isInspecting: true });
      try {
        const inspection = await inspectFile(file, get().host);
        if (get().file === file) set({ inspection, spec: inspection.proposed });
      } catch (error) {
        if (get().file === file) set({ error: reportOf(error) });
      } finally {
        if (get().file === file) set({ isInspecting: false });
      }
    },

    setKeepsCopy: (keepsCopy) => set({ keepsCopy }),

    setSpec(spec) {
      try {
        set({ spec: parseJobSpec(spec), error: null });
      } catch (error) {
        set({ error: reportOf(error) });
      }
    },

    async setHost(host) {
      const { file, handle, host: before, pick, spec } = get();
      set({ host });
      if (!file || host.decoder === before.decoder) return;
      await pick(file, handle ?? undefined);
      if (spec && get().inspection) set({ spec });
    },

    start: () =>
      attempt(async () => {
        const { file, handle, keepsCopy, inspection, spec, host, isRunning } = get();
        if (!file || !inspection || !spec || isRunning) return;
        const { fingerprint, facts } = inspection;
        const source = { file, fingerprint, facts, ...(handle && { handle }) };
        const [job] = await createJobs([{ ...source, spec, host }]);
        if (!job) return;
        if (keepsCopy && !handle) await copySource(job.id, file);
        await supervise(job.id, file);
      }),

    resume: (jobId, file) =>
      attempt(async () => {
        set({ error: null });
        const source = file ?? (await storedSource(await jobDb.get(jobId)));
        await withJobLock(jobId, () => jobDb.requeue(jobId, 'this')).finally(refresh);
        await supervise(jobId, source);
      }),

    cancel: () => supervised?.stop('cancelled'),

    remove: (jobId) =>
      attempt(async () => {
        await deleteJob(jobId);
        if (get().job?.id === jobId) set({ job: null, progress: null, error: null });
        await refresh();
      }),
  };
});

/** Nothing fails in silence: what no action of the page has caught is shown like any other error. */
window.addEventListener('unhandledrejection', ({ reason }) =>
  useApp.setState({ error: reportOf(reason) }),
);
