import type { Job, JobProgress } from '@clearreel/shared/api/job';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { fingerprint } from '../jobs/fingerprint.ts';
import { jobDb } from '../jobs/job-db.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { endRemote } from './end-remote.ts';
import { followJob } from './follow-job.ts';
import { type RemoteWork, UploadClock } from './remote-work.ts';
import { ServerClient } from './server-client.ts';
import { isGone } from './server-error.ts';
import { noteUploadSpeed } from './server-preferences.ts';

export interface RunRemoteOptions {
  readonly jobId: string;
  /** Only needed until the server has all of it. */
  readonly file: File | null;
  /** The user asked for it again after it had ended. */
  readonly isRetry: boolean;
  readonly signal: AbortSignal;
  onWork(work: Partial<RemoteWork>): void;
}

/** Uploads follow each other, in all tabs: side by side, none would be done sooner. */
const uploadLock = 'clearreel-upload';

/**
 * One attempt at a job of a server: sends what is missing, makes the job, follows it. It may be ended anywhere and
 * called again, and goes on where it was.
 */
export async function runRemote(options: RunRemoteOptions): Promise<JobRecord> {
  const { signal, onWork } = options;
  const record = await jobDb.get(options.jobId);
  const client = new ServerClient(record.host.server ?? location.origin);
  const job = await theJob(options, record, client);
  // Cancelled while it was being made: the server must not go on with what nobody wants.
  if (signal.aborted) {
    if (signal.reason === 'cancelled') await client.cancelJob(job.id).catch(() => {});
    throw signal.reason;
  }
  let last: JobProgress | null = null;
  const told = {
    onJob({ state, jobsAhead }: Job) {
      onWork({ phase: state === 'queued' ? 'queued' : 'running', jobsAhead, upload: null });
    },
    onProgress(progress: JobProgress) {
      last = progress;
      onWork({ phase: 'running', progress });
    },
  };
  const ended = await followJob(client, job.id, signal, told).catch((error) => {
    throw isGone(error) ? new ClearReelError('SERVER_LOST_JOB') : error;
  });
  return endRemote(record, ended, last, client);
}

/** The server's job for this record, made if need be. */
async function theJob(
  options: RunRemoteOptions,
  record: JobRecord,
  client: ServerClient,
): Promise<Job> {
  const { id, remote, spec } = record;
  if (remote?.jobId) {
    const job = await client.job(remote.jobId, options.signal).catch((error) => {
      if (isGone(error)) return null;
      throw error;
    });
    if (!job) await lose(id, options.isRetry);
    else if (options.isRetry && (job.state === 'failed' || job.state === 'cancelled')) {
      return client.retryJob(job.id);
    } else return job;
  }
  const uploadId = await send(options, record, client);
  await jobDb.noteRemote(id, { key: id });
  // Not to be ended half-way: nobody would know of a job that was made and not noted.
  const job = await client.createJob(uploadId, spec, id).catch(async (error) => {
    if (isGone(error)) await jobDb.forgetRemote(id);
    throw error;
  });
  await jobDb.noteRemote(id, { jobId: job.id });
  return job;
}

/** A job that the server has lost is begun anew only by someone who asked for it. */
async function lose(id: string, isRetry: boolean): Promise<void> {
  await jobDb.forgetRemote(id);
  if (!isRetry) throw new ClearReelError('SERVER_LOST_JOB');
}

async function send(
  { file, signal, onWork }: RunRemoteOptions,
  { id, source }: JobRecord,
  client: ServerClient,
): Promise<string> {
  if (!file) throw new ClearReelError('SOURCE_CHANGED');
  return navigator.locks.request(uploadLock, { signal }, async () => {
    const found = await fingerprint(file).catch((error) => {
      throw new ClearReelError('SOURCE_CHANGED', {}, { cause: error });
    });
    if (found !== source.fingerprint) {
      throw new ClearReelError('SOURCE_MISMATCH', { name: source.name });
    }
    const { uploadFile } = await import('./upload.ts');
    const clock = new UploadClock();
    const { remote } = await jobDb.get(id);
    const noted: Promise<unknown>[] = [];
    let speed = 0;
    const uploadId = await uploadFile({
      ...{ client, file, signal, uploadUrl: remote?.uploadUrl },
      onBegin: (uploadUrl) => void noted.push(jobDb.noteRemote(id, { uploadUrl })),
      onProgress(sentBytes, totalBytes) {
        speed = clock.tick(sentBytes, performance.now());
        onWork({ phase: 'upload', upload: { sentBytes, totalBytes, bytesPerSecond: speed } });
      },
    });
    await Promise.all(noted);
    if (speed > 0) noteUploadSpeed(client.address, speed);
    return uploadId;
  });
}
