import { readJobFile, sourceCopyName, writeJobFile } from '../storage/job-files.ts';
import { requireFreeBytes } from '../storage/storage-error.ts';
import { jobDb } from './job-db.ts';
import { withJobLock } from './job-lock.ts';
import type { JobRecord } from './job-record.ts';
import { deleteJob } from './sweep.ts';

/** Why a source cannot be read now: the file must be picked again, or one click must give leave to read it. */
export type FileWait = 'file' | 'permission';

/** Not in TypeScript's library. */
interface AskingHandle extends FileSystemFileHandle {
  queryPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
}

/**
 * Copies the source beside the job's segments, for browsers that hand out no handle to a file. Without room for it
 * the job is not started.
 */
export async function copySource(jobId: string, file: File): Promise<void> {
  try {
    await withJobLock(jobId, async () => {
      await requireFreeBytes(file.size);
      await writeJobFile(jobId, sourceCopyName, file);
      await jobDb.noteCopy(jobId);
    });
  } catch (error) {
    await deleteJob(jobId);
    throw error;
  }
}

/**
 * The job's source without picking it again: its copy, else what its handle leads to. The browser forgets the
 * permission when the tab is closed, and asks the user anew, which it does only on a click (`mayAsk`).
 */
export async function reachSource(
  { id, source }: JobRecord,
  mayAsk: boolean,
): Promise<File | FileWait> {
  const copy = source.hasCopy ? await readJobFile(id, sourceCopyName) : null;
  if (copy) return new File([copy], source.name, { type: copy.type });
  const handle: AskingHandle | null = source.hasHandle ? await jobDb.handle(id) : null;
  if (!handle) return 'file';
  const ask = mayAsk ? handle.requestPermission : handle.queryPermission;
  const permission = (await ask?.call(handle, { mode: 'read' })) ?? 'granted';
  if (permission === 'prompt') return 'permission';
  if (permission === 'denied') return 'file';
  // What a handle led to may be gone or renamed.
  return handle.getFile().catch((): FileWait => 'file');
}
