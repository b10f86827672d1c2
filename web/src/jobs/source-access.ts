import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { readJobFile, sourceCopyName, writeJobFile } from '../storage/job-files.ts';
import { requireFreeBytes } from '../storage/storage-error.ts';
import { jobDb } from './job-db.ts';
import type { JobRecord } from './job-record.ts';
import { deleteJob } from './sweep.ts';

/**
 * Copies the source beside the job's segments, for browsers that hand out no handle to a file. Without room for it
 * the job is not started.
 */
export async function copySource(jobId: string, file: File): Promise<void> {
  try {
    await requireFreeBytes(file.size);
    await writeJobFile(jobId, sourceCopyName, file);
    await jobDb.noteCopy(jobId);
  } catch (error) {
    await deleteJob(jobId);
    throw error;
  }
}

/**
 * The job's source without asking the user for it: through its handle, else the copy.
 * @throws ClearReelError `SOURCE_CHANGED` where there is neither, or the file is gone, or the user says no.
 */
export async function storedSource({ id, source }: JobRecord): Promise<File> {
  const copy = await readJobFile(id, sourceCopyName);
  if (copy) return new File([copy], source.name, { type: copy.type });
  if (!source.handle) throw new ClearReelError('SOURCE_CHANGED');
  try {
    return await openHandle(source.handle);
  } catch (error) {
    if (error instanceof ClearReelError) throw error;
    throw new ClearReelError('SOURCE_CHANGED', {}, { cause: error });
  }
}

/** The browser forgets the permission when the tab is closed, and asks the user anew. */
async function openHandle(handle: FileSystemFileHandle): Promise<File> {
  const asks = handle as FileSystemFileHandle & {
    requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  };
  const permission = (await asks.requestPermission?.({ mode: 'read' })) ?? 'granted';
  if (permission !== 'granted') throw new ClearReelError('SOURCE_CHANGED');
  return handle.getFile();
}
