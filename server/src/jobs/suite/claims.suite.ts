import { describe, expect, it } from 'vitest';
import type { StoredJob } from '../stored-job.ts';
import { type Bench, leaseMs } from './bench.testing.ts';
import { someFacts, someSpec as spec } from './samples.testing.ts';

export function describeClaims(bench: Bench): void {
  const { clock, upload, create, claim, tryClaim, finish } = bench;

  describe('making a job', () => {
    it('server 5.1 a new job waits, with what its upload says of the source', async () => {
      const job = await create({ sourceName: 'été.mov', priority: 2 });
      expect(job).toMatchObject({ state: 'queued', sourceName: 'été.mov', sourceBytes: 1000 });
      expect(await bench.repository.findJob(job.id)).toEqual(job);
      expect(await bench.repository.countJobs()).toMatchObject({ queued: 1, processing: 0 });
    });

    it('server 5.2 the same key with the same request gives the same job, whatever became of it', async () => {
      const uploadId = await upload();
      const job = await create({ uploadId, idempotencyKey: 'k' });
      await finish(await claim());
      const again = { uploadId, spec, priority: 5, idempotencyKey: 'k' };
      const { job: same, isNew } = await bench.repository.createJob(again);
      expect([same.id, same.state, isNew]).toEqual([job.id, 'completed', false]);
    });

    it('server 5.2 many requests with one key at the same time make one job', async () => {
      const given = { uploadId: await upload(), spec, priority: 5, idempotencyKey: 'k' };
      const made = await Promise.all(
        Array.from({ length: 20 }, () => bench.repository.createJob(given)),
      );
      expect(new Set(made.map(({ job }) => job.id)).size).toBe(1);
      expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
    });

    it('server 5.2 the same key with another request is refused', async () => {
      const uploadId = await upload();
      await create({ uploadId, idempotencyKey: 'k' });
      const other = { uploadId, spec, priority: 6, idempotencyKey: 'k' };
      await expect(bench.repository.createJob(other)).rejects.toMatchObject({
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
    });

    it('server 5.3 a job needs an upload that is there and complete', async () => {
      const id = '00000000-0000-4000-8000-00000000ffff';
      const given = { uploadId: id, spec, priority: 5, idempotencyKey: null };
      const refused = { code: 'UPLOAD_MISSING' };
      await expect(bench.repository.createJob(given)).rejects.toMatchObject(refused);
      await bench.repository.createUpload({ id, sourceName: 'a', bytes: 1, expiresAtMs: clock.ms });
      await expect(bench.repository.createJob(given)).rejects.toMatchObject(refused);
      expect((await bench.repository.listJobs({ limit: 10 })).total).toBe(0);
    });
  });

  describe('claiming', () => {
    it('server 5.4 jobs are taken by priority, then by age', async () => {
      const priorities = [7, 10, 1, 7, 1, 5];
      const jobs = [];
      for (const priority of priorities) jobs.push(await create({ priority }));
      const order: number[] = [];
      for (const _ of priorities) {
        const { job } = await claim();
        order.push(jobs.findIndex(({ id }) => id === job.id));
      }
      expect(order).toEqual([2, 4, 5, 0, 3, 1]);
      expect(await tryClaim()).toBeNull();
    });

    it('server 5.4 a job knows how many are before it', async () => {
      const late = await create({ priority: 9 });
      const first = await create({ priority: 1 });
      const second = await create({ priority: 1 });
      const ahead = (job: StoredJob) => bench.repository.countAhead(job.id);
      expect(await Promise.all([late, first, second].map(ahead))).toEqual([2, 0, 1]);
      await claim();
      expect(await Promise.all([late, first, second].map(ahead))).toEqual([1, null, 0]);
    });

    it('server 5.4 of jobs made in the same millisecond the one made first is before the other, and taken first', async () => {
      const given = { uploadId: await upload(), spec, priority: 5, idempotencyKey: null };
      const first = (await bench.repository.createJob(given)).job;
      const second = (await bench.repository.createJob(given)).job;
      expect(second.createdAtMs).toBe(first.createdAtMs);
      expect(await bench.repository.countAhead(first.id)).toBe(0);
      expect(await bench.repository.countAhead(second.id)).toBe(1);
      expect((await claim()).job.id).toBe(first.id);
    });

    it('server 5.5 a claim counts the attempt and names it by a new epoch and lease', async () => {
      const { id } = await create();
      const { token, job } = await claim('w7');
      expect(job).toMatchObject({
        state: 'processing',
        epoch: 1,
        attempts: 1,
        startedAtMs: clock.ms,
      });
      expect(token).toEqual({ jobId: id, epoch: 1, leaseId: job.lease?.id });
      expect(job.lease).toMatchObject({ workerId: 'w7', expiresAtMs: clock.ms + leaseMs });
    });

    it('server 5.5 of many workers that claim at once, one gets the job', async () => {
      await create();
      const claims = await Promise.all(Array.from({ length: 20 }, tryClaim));
      expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    });

    it('server 5.6 a job whose lease ran out is claimed by another worker, under a new epoch', async () => {
      const { id } = await create();
      const before = await claim();
      clock.pass(leaseMs);
      const after = await claim('w2');
      expect([after.job.id, after.token.epoch]).toEqual([id, before.token.epoch + 1]);
      expect(after.token.leaseId).not.toBe(before.token.leaseId);
    });

    it('server 5.7 nobody needs to be told of a job to find it', async () => {
      const silence = bench.repository.subscribe(() => {});
      silence();
      const { id } = await create();
      expect((await claim()).job.id).toBe(id);
    });
  });

  describe('uploads', () => {
    it('server 4.40 an upload is complete once, and keeps what was found in it', async () => {
      const id = await upload('a.mov');
      const found = await bench.repository.findUpload(id);
      expect(found).toMatchObject({ state: 'complete', sourceName: 'a.mov', facts: someFacts });
      clock.pass(5);
      const again = { facts: { ...someFacts, bytes: 1 }, expiresAtMs: 0 };
      expect(await bench.repository.completeUpload(id, again)).toEqual(found);
      expect(await bench.repository.listUploads()).toEqual([found]);
    });

    it('server 4.40 an upload that a job uses is not deleted', async () => {
      const { uploadId } = await create();
      await expect(bench.repository.deleteUpload(uploadId)).rejects.toMatchObject({
        code: 'UPLOAD_IN_USE',
      });
      const unused = await upload();
      await bench.repository.deleteUpload(unused);
      expect(await bench.repository.findUpload(unused)).toBeNull();
      await expect(bench.repository.deleteUpload(unused)).rejects.toMatchObject({
        code: 'UPLOAD_MISSING',
      });
    });
  });
}
