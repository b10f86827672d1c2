import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { jobDb } from '../jobs/job-db.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { deleteJob } from '../jobs/sweep.ts';
import { ServerClient, uploadIdIn } from './server-client.ts';
import { isGone, isPassing, isTokenWrong, isUploadInUse } from './server-error.ts';

/** Deletes what the server has of a job; what it does not have any more is deleted already. */
async function deleteThere(job: JobRecord): Promise<void> {
  const { host, remote } = job;
  if (!host.server || !remote) return;
  const client = new ServerClient(host.server);
  try {
    if (remote.jobId) await client.deleteJob(remote.jobId);
    else if (remote.uploadUrl) await deleteSent(client, uploadIdIn(remote.uploadUrl), job);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** An upload that is in use has a job of which this page never heard; asked for again with its key, it is named. */
async function deleteSent(
  client: ServerClient,
  uploadId: string,
  { spec, remote }: JobRecord,
): Promise<void> {
  try {
    await client.deleteUpload(uploadId);
  } catch (error) {
    if (!remote?.key || !isUploadInUse(error)) throw error;
    const { id } = await client.createJob(uploadId, spec, remote.key);
    await client.deleteJob(id);
  }
}

/**
 * Deletes a job over there and then here.
 * @throws ClearReelError `SERVER_DELETES_LATER` where the server does not do it now: the record stays, marked.
 */
export async function deleteRemote(job: JobRecord): Promise<void> {
  try {
    await deleteThere(job);
  } catch (error) {
    await jobDb.noteRemote(job.id, { isDeleted: true });
    const reason = asClearReelError(error).toReport();
    throw new ClearReelError('SERVER_DELETES_LATER', { reason }, { cause: error });
  }
  await deleteJob(job.id);
}

/**
 * An upload without a job expires over there, so nobody needs to know where this fails. Where there may be a job, what
 * leads to it is kept for whoever tries again or deletes it.
 */
export async function dropUpload(job: JobRecord): Promise<void> {
  const isGoneThere = await deleteThere(job).then(
    () => true,
    () => false,
  );
  if (isGoneThere || !job.remote?.key) await jobDb.forgetRemote(job.id);
}

/** What came of deleting the rest. */
export interface Deleted {
  /** Some can be tried again soon. */
  readonly isAnyLeft: boolean;
  /** Why one, or more, will not go by being tried again soon. */
  readonly failure: unknown;
}

/** Tries again to delete what the user has deleted while the server was away. */
export async function deleteMarked(): Promise<Deleted> {
  let isAnyLeft = false;
  let failure: unknown = null;
  const marked = (await jobDb.list()).filter(({ isDeleted }) => isDeleted);
  for (const job of await jobDb.getMany(marked.map(({ id }) => id))) {
    try {
      await deleteThere(job);
      await deleteJob(job.id);
    } catch (error) {
      const isLater = isPassing(error) || isTokenWrong(error);
      const isBusy = error instanceof ClearReelError && error.code === 'JOB_BUSY';
      if (isLater || isBusy) isAnyLeft = true;
      else failure ??= error;
    }
  }
  return { isAnyLeft, failure };
}
