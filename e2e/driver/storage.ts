import type { Page } from 'playwright';

export interface StoredJob {
  readonly id: string;
  readonly state: string;
  readonly errorCode: string | null;
}

/** Paths of all files in the origin private file system, sorted. */
export async function storedFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    const walk = async (folder: FileSystemDirectoryHandle, path: string) => {
      try {
        for await (const [name, handle] of folder.entries()) {
          if (handle.kind === 'file') paths.push(`${path}${name}`);
          else await walk(handle as FileSystemDirectoryHandle, `${path}${name}/`);
        }
      } catch (error) {
        // A folder that is removed while it is looked at.
        if ((error as DOMException).name !== 'NotFoundError') throw error;
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return paths.sort();
  });
}

/**
 * The records of all jobs, as text. There are none before the page has made its database, and looking must not make one:
 * the page would take it for its own.
 */
export function recordsText(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('clearreel');
        let isThere = true;
        opening.onupgradeneeded = () => {
          isThere = false;
          opening.transaction?.abort();
        };
        opening.onerror = () => (isThere ? reject(opening.error) : resolve('[]'));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('jobs').objectStore('jobs').getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(reading.result));
          };
        };
      }),
  );
}

/** Jobs as the browser's database has them. */
export async function storedJobs(page: Page): Promise<StoredJob[]> {
  type Stored = Omit<StoredJob, 'errorCode'> & { readonly error?: { readonly code: string } };
  const records: Stored[] = JSON.parse(await recordsText(page));
  return records.map(({ id, state, error }) => ({ id, state, errorCode: error?.code ?? null }));
}

/** Finished segments of all jobs. */
export async function storedSegments(page: Page): Promise<number> {
  return (await storedFiles(page)).filter((path) => /\/segments\/\d+\.json$/.test(path)).length;
}

/** Files that belong to no job of the database, or that no job needs: swap files, empty results. */
export async function strayFiles(page: Page): Promise<string[]> {
  const jobs = new Map((await storedJobs(page)).map((job) => [job.id, job]));
  return (await storedFiles(page)).filter((path) => {
    const [, id = '', ...rest] = path.split('/');
    const job = jobs.get(id);
    const isResult = /^result\.\w+$/.test(rest[0] ?? '');
    const isWork = /^(segments\/\d+\.(json|packets)|source)$/.test(rest.join('/'));
    if (!job) return true;
    return job.state === 'completed' ? !isResult : !isWork;
  });
}
