import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Script } from './testing/script.testing.ts';
import {
  createScriptedJob,
  ended,
  expectWhole,
  filesIn,
  heldProcess,
  isProcessGone,
  jobWhere,
} from './testing/scripted-job.testing.ts';
import { type PartsOptions, ServerParts } from './testing/server-parts.testing.ts';

describe('server 3. workers', () => {
  let folder: string;
  let parts: ServerParts | null = null;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-workers-'));
  });
  afterEach(async () => {
    await parts?.close();
    parts = null;
    await rm(folder, { recursive: true });
  });

  async function open(options: Omit<PartsOptions, 'folder'> = {}): Promise<ServerParts> {
    parts = await ServerParts.open({ folder, ...options });
    return parts;
  }
  const begin = (script: Script) => createScriptedJob(parts as ServerParts, script);

  it('server 3.1 a job is taken at once, run segment by segment, and its result published', async () => {
    const server = await open({ timing: { pollMs: 600_000 } });
    const seen: number[] = [];
    server.board.subscribe(({ entry }) => {
      if (entry.kind === 'progress') seen.push(entry.progress.framesDone);
    });
    const id = await begin({ segments: 3 });
    const job = await expectWhole(server, id, 3);
    expect(job).toMatchObject({ attempts: 1, result: { frameCount: 30, epoch: 1 } });
    expect(seen[0]).toBe(10);
    expect(server.board.progressOf(id)).toBeNull();
    await expect
      .poll(() => server.supervisor.workers)
      .toMatchObject([{ id: 'worker-1', state: 'idle', jobId: null, provider: { value: 'cpu' } }]);
  });

  it('server 3.2 one process runs many jobs after each other', async () => {
    const server = await open();
    const ids = [];
    for (let job = 0; job < 3; job++) ids.push(await begin({ segments: 1 }));
    for (const id of ids) await expectWhole(server, id, 1);
  });

  it('server 3.2 as many jobs run at once as there are workers', async () => {
    const server = await open({ workers: 2 });
    const ids = [];
    for (let job = 0; job < 3; job++) ids.push(await begin({ segments: 1, at: 'join' }));
    const pids = await Promise.all(ids.slice(0, 2).map((id) => heldProcess(server, id)));
    expect(new Set(pids).size).toBe(2);
    expect(await server.repository.countJobs()).toMatchObject({ processing: 2, queued: 1 });
  });

  const losses = ['exit', 'out of memory', 'freeze', 'nonsense'] as const;
  it.each(losses)(
    'server 3.3 a worker that ends in “%s” costs one segment at most',
    async (how) => {
      const server = await open({ timing: { leaseMs: 4000 } });
      const id = await begin({ segments: 3, at: '2 made', how });
      const job = await expectWhole(server, id, 3);
      expect(job.segments.map(({ epoch }) => epoch)).toEqual([1, 1, 2]);
      expect(job.attempts).toBe(2);
    },
  );

  it('server 3.3 a worker that is killed before it spoke costs nothing', async () => {
    const pids: number[] = [];
    const onWorker = (pid: number) => {
      pids.push(pid);
      if (pids.length === 1) process.kill(pid, 'SIGKILL');
    };
    const server = await open({ onWorker });
    const job = await expectWhole(server, await begin({ segments: 1 }), 1);
    expect([job.attempts, pids.length]).toEqual([2, 2]);
  });

  it('server 3.4 a job that always loses its worker at the same place fails, and can be tried again', async () => {
    const server = await open();
    const id = await begin({ segments: 2, at: '1 made', how: 'exit', attempts: 4 });
    const job = await ended(server, id);
    expect(job).toMatchObject({
      state: 'failed',
      attempts: 1 + 3,
      failure: { report: { code: 'WORKER_LOST' }, retryable: true },
    });
    await server.repository.retry(id);
    await expectWhole(server, id, 2);
  });

  it('server 3.5 a failure of the machine is tried again, one of the file is not', async () => {
    const server = await open();
    const passing = await begin({ segments: 2, at: '1 made', how: 'fail' });
    const lasting = await begin({
      segments: 2,
      at: '1 made',
      how: 'fail',
      code: 'SOURCE_NO_FRAMES',
    });
    expect((await expectWhole(server, passing, 2)).attempts).toBe(2);
    expect(await ended(server, lasting)).toMatchObject({
      state: 'failed',
      attempts: 1,
      failure: { report: { code: 'SOURCE_NO_FRAMES' }, retryable: false },
    });
  });

  it('server 3.6 an idle worker ends, with all that it holds of the GPU, and a new job starts one', async () => {
    const server = await open({ timing: { idleMs: 0 } });
    const states = () => server.supervisor.workers.map(({ state }) => state);
    const id = await begin({ segments: 1 });
    await expectWhole(server, id, 1);
    await expect.poll(states).toEqual(['stopped']);
    await expectWhole(server, await begin({ segments: 1 }), 1);
  });

  it('server 3.7 cancelling reaches a running worker at once, and its process lives on', async () => {
    const server = await open({ timing: { leaseMs: 600_000, pollMs: 600_000 } });
    const id = await begin({ segments: 2, at: '1 made' });
    const pid = await heldProcess(server, id);
    await server.repository.cancel(id);
    expect(await ended(server, id)).toMatchObject({ state: 'cancelled' });
    const next = await begin({ segments: 1, at: 'join' });
    expect(await heldProcess(server, next)).toBe(pid);
  });

  it('server 3.7 a worker that does not hear of it is killed', async () => {
    const server = await open({ timing: { cancelGraceMs: 200 } });
    const id = await begin({ segments: 2, at: '1 made', how: 'hold deaf' });
    const pid = await heldProcess(server, id);
    await server.repository.cancel(id);
    expect(await ended(server, id)).toMatchObject({ state: 'cancelled' });
    await isProcessGone(pid);
  });

  it('server 3.7 a deleted job’s worker lets go of it, and its files go', async () => {
    const server = await open();
    const id = await begin({ segments: 2, at: '1 made' });
    await heldProcess(server, id);
    await server.repository.deleteJob(id);
    await expect.poll(() => filesIn(server.files.jobs)).toEqual([]);
    await expectWhole(server, await begin({ segments: 1 }), 1);
  });

  it('server 3.8 a cancelled job goes on from its last whole segment when it is tried again', async () => {
    const server = await open();
    const id = await begin({ segments: 3, at: '2 made' });
    await heldProcess(server, id);
    await server.repository.cancel(id);
    await ended(server, id);
    await server.repository.retry(id);
    const job = await expectWhole(server, id, 3);
    expect(job.segments.map(({ epoch }) => epoch)).toEqual([1, 1, 2]);
  });

  it('server 10.60 a stop lets the running segment become whole, and costs no attempt', async () => {
    const server = await open();
    const id = await begin({ segments: 10_000, segmentMs: 50 });
    const before = await jobWhere(server, id, ({ segments }) => segments.length > 1);
    await server.supervisor.stop(30_000);
    const after = await jobWhere(server, id, ({ state }) => state === 'queued');
    expect(after).toMatchObject({ attempts: 0, lease: null });
    expect(after.segments.length).toBeGreaterThan(before.segments.length - 1);
    expect(after.segments.length).toBeLessThan(10_000);
  });

  it('server 10.60 a stop waits no longer than it may', async () => {
    const server = await open();
    const id = await begin({ segments: 2, at: '1 made', how: 'hold deaf' });
    const pid = await heldProcess(server, id);
    await server.supervisor.stop(100);
    await isProcessGone(pid);
    expect(await jobWhere(server, id, ({ state }) => state === 'queued')).toMatchObject({
      attempts: 0,
      segments: [{ index: 0 }],
    });
  });
});
