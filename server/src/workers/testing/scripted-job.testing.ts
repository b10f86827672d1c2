import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { JobFiles } from '../../jobs/job-files.ts';
import type { JobRepository } from '../../jobs/job-repository.ts';
import type { StoredJob } from '../../jobs/stored-job.ts';
import { someFacts, someSpec } from '../../jobs/suite/samples.testing.ts';
import { hasEnded } from '../../jobs/transitions.ts';
import { goName, heldName, resultText, type Script } from './script.testing.ts';

interface Store {
  readonly repository: JobRepository;
  readonly files: JobFiles;
}

interface Patience {
  readonly timeout: number;
  readonly interval?: number;
}

const patience: Patience = { timeout: 120_000, interval: 20 };

/** Uploads a script and makes a job of it. */
export async function createScriptedJob(
  { repository, files }: Store,
  script: Script,
): Promise<string> {
  const id = randomUUID();
  const text = JSON.stringify(script);
  const expiresAtMs = Date.now() + 3_600_000;
  await repository.createUpload({ id, sourceName: 'clip.mp4', bytes: text.length, expiresAtMs });
  await writeFile(files.sourcePath(id), text);
  await repository.completeUpload(id, { facts: someFacts, expiresAtMs });
  const given = { uploadId: id, spec: someSpec, priority: 5, idempotencyKey: null };
  return (await repository.createJob(given)).job.id;
}

export async function jobWhere(
  { repository }: Pick<Store, 'repository'>,
  id: string,
  isSo: (job: StoredJob) => boolean,
  { timeout }: Patience = patience,
): Promise<StoredJob> {
  return await vi.waitFor(
    async () => {
      const job = await repository.findJob(id);
      if (!job || !isSo(job)) throw new Error(`the job is ${JSON.stringify(job, null, 1)}`);
      return job;
    },
    { ...patience, timeout },
  );
}

export const ended = (store: Pick<Store, 'repository'>, id: string, wait = patience) =>
  jobWhere(store, id, hasEnded, wait);

/** The process that is at its script's place, once it is. */
export async function heldProcess(
  { files }: Pick<Store, 'files'>,
  id: string,
  epoch = 1,
): Promise<number> {
  const { work } = files.attempt({ jobId: id, epoch });
  return await vi.waitFor(
    async () => Number(await readFile(join(work, heldName), 'utf8')),
    patience,
  );
}

/** Lets a process that waits at its script's place go on; takes no room on the disk. */
export const letGoOn = ({ files }: Pick<Store, 'files'>, id: string) =>
  writeFile(join(files.attempt({ jobId: id, epoch: 1 }).work, goName), '');

export const isProcessGone = (pid: number) =>
  vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), patience);

/** All files below a folder, as paths from it. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** A completed job has the whole result, and on the disk nothing but that. */
export async function expectWhole({ repository, files }: Store, id: string, segments: number) {
  const job = await ended({ repository }, id);
  expect(job).toMatchObject({ state: 'completed', failure: null });
  expect(job.segments.map(({ index }) => index)).toEqual([...Array(segments).keys()]);
  const path = files.resultPath(job);
  expect(path && (await readFile(path, 'utf8'))).toBe(resultText(segments));
  await vi.waitFor(
    async () =>
      expect(await filesIn(join(files.jobs, id))).toEqual([`${job.result?.epoch}/result.mp4`]),
    patience,
  );
  return job;
}
