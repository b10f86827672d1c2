import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMount } from '../storage/small-disk.testing.ts';
import { placesOf, type Script } from '../workers/testing/script.testing.ts';
import {
  createScriptedJob,
  ended,
  expectWhole,
  heldProcess,
  isProcessGone,
  jobWhere,
  letGoOn,
} from '../workers/testing/scripted-job.testing.ts';
import { ServerProcess } from './server-process.testing.ts';

describe('server fault', () => {
  let folder: string;
  let server: ServerProcess;
  let strays: number[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-faults-'));
    strays = [];
  });
  afterEach(async () => {
    await server.kill();
    for (const pid of strays) process.kill(pid, 'SIGCONT');
    await rm(folder, { recursive: true });
  });

  async function start(options: { workers?: number; diskBytes?: number } = {}) {
    server = await ServerProcess.start({ folder, ...options });
  }
  const begin = (script: Script) => createScriptedJob(server, script);

  async function killAndStart() {
    await server.kill();
    await start();
  }

  it.each(placesOf(2))(
    'server fault 3 a server killed while a worker is at “%s” goes on where it was',
    async (at) => {
      await start();
      const id = await begin({ segments: 2, at, how: 'hold deaf' });
      const pid = await heldProcess(server, id);
      const before = await jobWhere(server, id, () => true);
      await killAndStart();
      await isProcessGone(pid);
      const job = await expectWhole(server, id, 2);
      expect(job.segments.slice(0, before.segments.length)).toEqual(before.segments);
    },
  );

  it('server fault 3 a server killed at any other moment loses no job', async () => {
    await start({ workers: 0 });
    const id = await begin({ segments: 12 });
    await killAndStart();
    for (const segments of [1, 3, 6, 9]) {
      await jobWhere(server, id, (job) => job.segments.length >= segments || job.result !== null);
      await killAndStart();
    }
    await expectWhole(server, id, 12);
    await killAndStart();
    await expectWhole(server, id, 12);
  });

  it('server fault 3 a wish to cancel outlives the server', async () => {
    await start();
    const id = await begin({ segments: 2, at: '1 made', how: 'hold deaf' });
    await heldProcess(server, id);
    await server.repository.cancel(id);
    await killAndStart();
    expect(await ended(server, id)).toMatchObject({ state: 'cancelled' });
  });

  it('server fault 2 a worker that wakes up after its server was replaced changes nothing', async () => {
    await start();
    const id = await begin({ segments: 2, at: '1 made', how: 'wait' });
    const pid = await heldProcess(server, id);
    process.kill(pid, 'SIGSTOP');
    strays.push(pid);
    await killAndStart();
    const job = await expectWhole(server, id, 2);
    strays.pop();
    process.kill(pid, 'SIGCONT');
    await isProcessGone(pid);
    expect(await expectWhole(server, id, 2)).toEqual(job);
    expect(job.epoch).toBe(2);
  });

  it('server fault 2 a server that was frozen past every lease brings its job to one end', async () => {
    await start();
    const id = await begin({ segments: 2, at: '1 made', how: 'wait' });
    await heldProcess(server, id);
    const { lease } = await jobWhere(server, id, () => true);
    server.freeze();
    await letGoOn(server, id);
    await expect.poll(() => Date.now()).toBeGreaterThan((lease?.expiresAtMs ?? 0) + 1500);
    server.thaw();
    await expectWhole(server, id, 2);
  });

  it.skipIf(!canMount)(
    'server fault 4 a job on a full disk goes on once there is room, and the server answers meanwhile',
    async () => {
      await start({ diskBytes: 4_000_000 });
      const id = await begin({ segments: 3, at: '1 made', how: 'wait', attempts: 1 });
      await heldProcess(server, id);
      await server.call('fillDisk');
      await letGoOn(server, id);
      const refused = { code: 'STORAGE_FULL' };
      await expect(server.repository.retry(id)).rejects.toMatchObject({ code: 'JOB_CHANGED' });
      await expect(server.repository.cancel(id)).rejects.toMatchObject(refused);
      const leaseLeftMs = async () => {
        const job = await server.repository.findJob(id);
        return (job?.lease?.expiresAtMs ?? Number.NaN) - Date.now();
      };
      await expect.poll(leaseLeftMs).toBeLessThan(0);
      expect(await server.repository.countJobs()).toMatchObject({ processing: 1 });
      await server.call('freeDisk');
      const job = await expectWhole(server, id, 3);
      expect(job.segments[0]).toMatchObject({ index: 0, epoch: 1 });
    },
  );
});
