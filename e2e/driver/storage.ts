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
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'file') paths.push(`${path}${name}`);
        else await walk(handle as FileSystemDirectoryHandle, `${path}${name}/`);
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return paths.sort();
  });
}

/** Jobs as the browser's database has them. */
export async function storedJobs(page: Page): Promise<StoredJob[]> {
  return page.evaluate(
    () =>
      new Promise<StoredJob[]>((resolve, reject) => {
        const opening = indexedDB.open('clearreel');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('jobs').objectStore('jobs').getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            opening.result.close();
            resolve(
              reading.result.map(({ id, state, error }) => ({
                id,
                state,
                errorCode: error?.code ?? null,
              })),
            );
          };
        };
      }),
  );
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
