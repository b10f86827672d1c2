import { isNotFound, OpfsFolder } from './opfs-folder.ts';
import { storageError } from './storage-error.ts';

const rootName = 'jobs';

/** The source itself, where the user asked for a copy. */
export const sourceCopyName = 'source';

async function root(): Promise<FileSystemDirectoryHandle> {
  try {
    const storage = await navigator.storage.getDirectory();
    return await storage.getDirectoryHandle(rootName, { create: true });
  } catch (error) {
    throw await storageError(error);
  }
}

/** Files of one job: `segments/`, the source's copy where it was asked for, the result and what lies beside it. */
async function jobDirectory(jobId: string): Promise<FileSystemDirectoryHandle> {
  return (await root()).getDirectoryHandle(jobId, { create: true });
}

export async function segmentFolder(jobId: string): Promise<OpfsFolder> {
  const directory = await jobDirectory(jobId);
  return new OpfsFolder(await directory.getDirectoryHandle('segments', { create: true }));
}

export async function removeJobFiles(jobId: string): Promise<void> {
  await removeEntry(await root(), jobId);
}

/** Removes what only an unfinished job needs. */
export async function removeWorkFiles(jobId: string): Promise<void> {
  const directory = await jobDirectory(jobId);
  await removeEntry(directory, 'segments');
  await removeEntry(directory, sourceCopyName);
}

/** Removes what a join that was killed has left: an empty result, and its swap file, which counts against the quota. */
export async function removeHalfResults(jobId: string): Promise<void> {
  const directory = await jobDirectory(jobId);
  for await (const name of directory.keys()) {
    if (name !== 'segments' && name !== sourceCopyName) await removeEntry(directory, name);
  }
}

export async function hasSegments(jobId: string): Promise<boolean> {
  const names = await (await segmentFolder(jobId)).list();
  return names.some((name) => name.endsWith('.json'));
}

export interface JobFileSizes {
  readonly resultBytes: number;
  readonly segmentBytes: number;
  readonly copyBytes: number;
}

/** What a job's files take up. */
export async function jobFileSizes(jobId: string): Promise<JobFileSizes> {
  const sizes = { resultBytes: 0, segmentBytes: 0, copyBytes: 0 };
  for await (const [name, handle] of (await jobDirectory(jobId)).entries()) {
    if (handle.kind === 'directory') {
      for await (const segment of (handle as FileSystemDirectoryHandle).values()) {
        sizes.segmentBytes += await sizeOf(segment);
      }
    } else {
      sizes[name === sourceCopyName ? 'copyBytes' : 'resultBytes'] += await sizeOf(handle);
    }
  }
  return sizes;
}

/** 0 for what is deleted meanwhile. */
async function sizeOf(handle: FileSystemHandle): Promise<number> {
  if (handle.kind !== 'file') return 0;
  try {
    return (await (handle as FileSystemFileHandle).getFile()).size;
  } catch (error) {
    if (isNotFound(error)) return 0;
    throw await storageError(error);
  }
}

/** Ids of the jobs that have files. */
export async function jobsWithFiles(): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const name of (await root()).keys()) ids.push(name);
  return ids;
}

/** Writable for a job's file; nothing is visible under `name` until it is closed. */
export async function createJobFile(jobId: string, name: string) {
  const directory = await jobDirectory(jobId);
  // A browser killed while writing leaves its swap file, which counts against the quota.
  await removeEntry(directory, `${name}.crswap`);
  const handle = await directory.getFileHandle(name, { create: true });
  return handle.createWritable();
}

export async function writeJobFile(jobId: string, name: string, content: Blob): Promise<void> {
  try {
    await content.stream().pipeTo(await createJobFile(jobId, name));
  } catch (error) {
    await removeJobFile(jobId, name);
    throw await storageError(error, content.size);
  }
}

export async function removeJobFile(jobId: string, name: string): Promise<void> {
  await removeEntry(await jobDirectory(jobId), name);
}

/** `null` where there is no such file. */
export async function readJobFile(jobId: string, name: string): Promise<File | null> {
  try {
    const handle = await (await jobDirectory(jobId)).getFileHandle(name);
    return await handle.getFile();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw await storageError(error);
  }
}

async function removeEntry(directory: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await directory.removeEntry(name, { recursive: true });
  } catch (error) {
    if (!isNotFound(error)) throw await storageError(error);
  }
}
