import { ClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import { type JobSpec, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { create } from 'zustand';
import type { Inspection } from '../engine/engine-api.ts';
import { EngineClient } from '../engine/engine-client.ts';
import { createJob } from '../jobs/create-job.ts';
import { jobDb } from '../jobs/job-db.ts';
import type { HostOptions, JobRecord } from '../jobs/job-record.ts';
import { runningJobs, type SupervisedJob, superviseJob } from '../jobs/supervise-job.ts';
import { deleteJob, sweep } from '../jobs/sweep.ts';

/** Reading facts is quick; a worker silent for this long while it does so is stuck. */
const inspectSilenceSeconds = 60;

export interface AppState {
  readonly file: File | null;
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
  pick(file: File): Promise<void>;
  setSpec(spec: unknown): void;
  setHost(host: HostOptions): Promise<void>;
  start(): Promise<void>;
  resume(jobId: string, file: File): Promise<void>;
  cancel(): void;
  remove(jobId: string): Promise<void>;
}

let supervised: SupervisedJob | null = null;

const reportOf = (error: unknown): ErrorReport =>
  (error instanceof ClearReelError
    ? error
    : new ClearReelError('INTERNAL', { stage: 'the page', reason: String(error) })
  ).toReport();

async function inspectFile(file: File, host: HostOptions): Promise<Inspection> {
  const client = new EngineClient(host.stallSeconds ?? inspectSilenceSeconds);
  try {
    return await client.call((engine) => engine.inspect(file, host));
  } finally {
    client.stop();
  }
}

export const useApp = create<AppState>()((set, get) => {
  const refresh = async () =>
    set({ jobs: await jobDb.list(), runningElsewhere: await runningJobs() });

  const supervise = async (jobId: string, file: File) => {
    set({ isRunning: true, error: null, progress: null, job: await jobDb.get(jobId) });
    try {
      supervised = superviseJob(jobId, file, (progress) => set({ progress }));
      const job = await supervised.done;
      set({ job, error: job.error ?? null });
    } catch (error) {
      set({ error: reportOf(error) });
    } finally {
      supervised = null;
      set({ isRunning: false });
      await refresh();
    }
  };

  return {
    file: null,
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

    async open() {
      try {
        await sweep();
        await refresh();
      } catch (error) {
        set({ error: reportOf(error) });
      }
    },

    async pick(file) {
      set({ file, inspection: null, isInspecting: true, error: null, job: null, progress: null });
      try {
        const inspection = await inspectFile(file, get().host);
        if (get().file === file) set({ inspection, spec: inspection.proposed });
      } catch (error) {
        if (get().file === file) set({ error: reportOf(error) });
      } finally {
        if (get().file === file) set({ isInspecting: false });
      }
    },

    setSpec(spec) {
      try {
        set({ spec: parseJobSpec(spec), error: null });
      } catch (error) {
        set({ error: reportOf(error) });
      }
    },

    async setHost(host) {
      const { file, host: before, pick, spec } = get();
      set({ host });
      if (!file || host.decoder === before.decoder) return;
      await pick(file);
      if (spec && get().inspection) set({ spec });
    },

    async start() {
      const { file, inspection, spec, host, isRunning } = get();
      if (!file || !inspection || !spec || isRunning) return;
      try {
        const { fingerprint } = inspection;
        const job = await createJob({ file, fingerprint, spec, host });
        await supervise(job.id, file);
      } catch (error) {
        set({ error: reportOf(error) });
      }
    },

    resume: (jobId, file) => supervise(jobId, file),
    cancel: () => supervised?.cancel(),

    async remove(jobId) {
      await deleteJob(jobId);
      if (get().job?.id === jobId) set({ job: null, progress: null, error: null });
      await refresh();
    },
  };
});
