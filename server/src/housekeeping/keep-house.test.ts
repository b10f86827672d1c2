import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobFiles } from '../jobs/job-files.ts';
import type { Claim } from '../jobs/job-repository.ts';
import { LowdbRepository } from '../jobs/lowdb-repository.ts';
import { someFacts, someOutcome, someReport, someSpec } from '../jobs/suite/samples.testing.ts';
import { createLogger } from '../log/logger.ts';
import { Housekeeper } from './keep-house.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe('server 8. housekeeping', () => {
  let folder: string;
  let nowMs: number;
  let repository: LowdbRepository;
  let files: JobFiles;

  const openStore = () => LowdbRepository.open({ folder, maxAttempts: 3, nowMs: () => nowMs });
  const keepHouse = (leftoverDays = 1) =>
    new Housekeeper({
      repository,
      files,
      log: createLogger('silent'),
      nowMs: () => nowMs,
      retentionDays: 30,
      leftoverDays,
      graceMs: hourMs,
    }).run();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-house-'));
    nowMs = Date.now();
    repository = await openStore();
    files = new JobFiles(folder);
    await mkdir(files.uploads);
    await mkdir(files.jobs);
  });
  afterEach(async () => {
    await repository.close();
    await rm(folder, { recursive: true });
  });

  const isThere = (path: string) => stat(path).then(Boolean, () => false);
  /** As if nobody had written to it for so long. */
  const age = (path: string, ms: number) => utimes(path, (nowMs - ms) / 1000, (nowMs - ms) / 1000);

  async function upload(expiresInMs = dayMs): Promise<string> {
    const id = randomUUID();
    const expiresAtMs = nowMs + expiresInMs;
    await repository.createUpload({ id, sourceName: 'a.mp4', bytes: 4, expiresAtMs });
    await writeFile(files.sourcePath(id), 'data');
    await repository.completeUpload(id, { facts: someFacts, expiresAtMs });
    return id;
  }

  async function runningJob(): Promise<Claim> {
    const given = { spec: someSpec, priority: 5, idempotencyKey: null };
    await repository.createJob({ ...given, uploadId: await upload() });
    const claim = await repository.claimNext({ workerId: 'w', leaseMs: 1000 * dayMs });
    if (!claim) throw new Error('nothing to claim');
    const { work, result } = await files.begin(claim, async () => {});
    await writeFile(join(work, '000000.packets'), 'packets');
    await repository.recordSegment(claim.token, { index: 0, frameCount: 1 });
    await writeFile(join(result, someOutcome.storedName), 'result');
    return claim;
  }

  async function completedJob(): Promise<Claim> {
    const claim = await runningJob();
    await repository.finish(claim.token, someOutcome, []);
    return claim;
  }

  async function failedJob(): Promise<Claim> {
    const claim = await runningJob();
    await repository.fail(claim.token, { report: someReport, retryable: false });
    return claim;
  }

  it('server 8.1 an ended job goes when it is older than the set days, with all its files', async () => {
    const { job } = await completedJob();
    nowMs += 29 * dayMs;
    const young = await completedJob();
    expect(await keepHouse()).toMatchObject({ expiredJobs: 0 });
    nowMs += dayMs;
    expect(await keepHouse()).toMatchObject({ expiredJobs: 1 });
    expect(await repository.findJob(job.id)).toBeNull();
    expect(await isThere(join(files.jobs, job.id))).toBe(false);
    expect(await isThere(files.sourcePath(job.uploadId))).toBe(false);
    expect(await isThere(files.sourcePath(young.job.uploadId))).toBe(true);
  });

  it('server 8.2 jobs that wait or run are never too old', async () => {
    const { job, token } = await runningJob();
    const waiting = await repository.createJob({
      uploadId: await upload(),
      spec: someSpec,
      priority: 5,
      idempotencyKey: null,
    });
    nowMs += 400 * dayMs;
    expect(await keepHouse()).toEqual({
      expiredJobs: 0,
      expiredUploads: 0,
      leftovers: 0,
      orphans: 0,
      lostFiles: 0,
    });
    expect((await repository.findJob(job.id))?.state).toBe('processing');
    expect(await isThere(join(files.attempt(token).work, '000000.packets'))).toBe(true);
    expect(await isThere(files.sourcePath(job.uploadId))).toBe(true);
    expect(await isThere(files.sourcePath(waiting.job.uploadId))).toBe(true);
  });

  it('server 8.3 what a failed job could go on from is kept a day, then it begins anew', async () => {
    const { job } = await failedJob();
    expect(await keepHouse()).toMatchObject({ leftovers: 0 });
    nowMs += dayMs;
    expect(await keepHouse()).toMatchObject({ leftovers: 1 });
    expect(await isThere(join(files.jobs, job.id))).toBe(false);
    expect(await repository.findJob(job.id)).toMatchObject({ state: 'failed', segments: [] });
    expect(await keepHouse()).toMatchObject({ leftovers: 0 });
    expect((await repository.retry(job.id)).state).toBe('queued');
  });

  it('server 8.9 what a failed job could go on from is kept as long as was set', async () => {
    const { job, token } = await failedJob();
    nowMs += 3 * dayMs;
    expect(await keepHouse(3.5)).toMatchObject({ leftovers: 0 });
    expect(await isThere(join(files.attempt(token).work, '000000.packets'))).toBe(true);
    expect((await repository.findJob(job.id))?.segments).toHaveLength(1);
    nowMs += dayMs / 2;
    expect(await keepHouse(3.5)).toMatchObject({ leftovers: 1 });
  });

  it('server 8.4 a completed job keeps its result and none of its segments', async () => {
    const { job, token } = await completedJob();
    await keepHouse();
    const { work, result } = files.attempt(token);
    expect(await isThere(work)).toBe(false);
    expect(await readFile(join(result, someOutcome.storedName), 'utf8')).toBe('result');
    expect((await repository.findJob(job.id))?.state).toBe('completed');
  });

  it('server 8.5 an upload that no job came for goes when it expires, unless it is being written', async () => {
    const [expired, busy, used] = [
      await upload(),
      await upload(),
      (await completedJob()).job.uploadId,
    ];
    nowMs += 2 * dayMs;
    await age(files.sourcePath(busy), hourMs / 2);
    expect(await keepHouse()).toMatchObject({ expiredUploads: 1 });
    expect(await repository.findUpload(expired)).toBeNull();
    expect(await isThere(files.sourcePath(expired))).toBe(false);
    expect(await isThere(files.sourcePath(busy))).toBe(true);
    expect(await isThere(files.sourcePath(used))).toBe(true);
  });

  it('server 8.6 files without a record go once nobody writes to them', async () => {
    const [job, source, fresh] = [randomUUID(), randomUUID(), randomUUID()];
    await mkdir(join(files.jobs, job, '1', 'work'), { recursive: true });
    await writeFile(files.sourcePath(source), 'x');
    nowMs += 2 * hourMs;
    await writeFile(files.sourcePath(fresh), 'x');
    await age(files.sourcePath(fresh), hourMs / 2);
    expect(await keepHouse()).toMatchObject({ orphans: 2 });
    expect(await isThere(join(files.jobs, job))).toBe(false);
    expect(await isThere(files.sourcePath(source))).toBe(false);
    expect(await isThere(files.sourcePath(fresh))).toBe(true);
  });

  it('server 8.6 what has a name that is not ours is left alone', async () => {
    const names = ['readme.txt', `${randomUUID()}.mp4`, '.hidden'];
    for (const name of names) await writeFile(join(files.uploads, name), 'x');
    await mkdir(join(files.jobs, 'mine'));
    nowMs += 400 * dayMs;
    expect(await keepHouse()).toMatchObject({ orphans: 0 });
    for (const name of names) expect(await isThere(join(files.uploads, name))).toBe(true);
    expect(await isThere(join(files.jobs, 'mine'))).toBe(true);
  });

  it('server 8.7 files stay as long as the store that may know them lies aside', async () => {
    const { job } = await completedJob();
    await repository.close();
    await writeFile(join(folder, 'store.json'), '{"version":1,');
    repository = await openStore();
    nowMs += 2 * hourMs;
    expect(await keepHouse()).toMatchObject({ orphans: 0 });
    expect(await isThere(files.sourcePath(job.uploadId))).toBe(true);
    await rm(repository.setAside?.path ?? '');
    expect(await keepHouse()).toMatchObject({ orphans: 2 });
    expect(await isThere(files.sourcePath(job.uploadId))).toBe(false);
  });

  it('server 8.8 a job whose result or source is gone says so', async () => {
    const done = await completedJob();
    await rm(files.attempt(done.token).result, { recursive: true });
    const { job } = await repository.createJob({
      uploadId: await upload(),
      spec: someSpec,
      priority: 5,
      idempotencyKey: null,
    });
    await rm(files.sourcePath(job.uploadId));
    expect(await keepHouse()).toMatchObject({ lostFiles: 2 });
    for (const id of [done.job.id, job.id]) {
      expect(await repository.findJob(id)).toMatchObject({
        state: 'failed',
        failure: { report: { code: 'FILE_GONE' } },
      });
    }
  });
});
