import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placesOf, type Script } from '../workers/testing/script.testing.ts';
import {
  createScriptedJob,
  ended,
  expectWhole,
  filesIn,
  heldProcess,
  isProcessGone,
  jobWhere,
} from '../workers/testing/scripted-job.testing.ts';
import { ServerParts } from '../workers/testing/server-parts.testing.ts';

const endStates = ['completed', 'failed', 'cancelled'];

describe('server fault', () => {
  let folder: string;
  let server: ServerParts;
  /** States in which jobs ended, in the order of their ends. */
  let ends: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-faults-'));
    server = await ServerParts.open({ folder, timing: { leaseMs: 4000, cancelGraceMs: 500 } });
    ends = [];
    server.repository.subscribe((change) => {
      if (change.kind === 'job' && endStates.includes(change.job.state)) {
        ends.push(change.job.state);
      }
    });
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const begin = (script: Script) => createScriptedJob(server, script);

  it.each(placesOf(2))(
    'server fault 1 a worker killed at “%s” costs one segment at most',
    async (at) => {
      const id = await begin({ segments: 2, at, how: 'hold deaf' });
      const pid = await heldProcess(server, id);
      const before = await jobWhere(server, id, () => true);
      process.kill(pid, 'SIGKILL');
      const job = await expectWhole(server, id, 2);
      expect(job.attempts).toBe(2);
      expect(job.segments.slice(0, before.segments.length)).toEqual(before.segments);
      expect(ends).toEqual(['completed']);
    },
  );

  it.each(['begin', '1 made', 'result'])(
    'server fault 2 a worker frozen at “%s” past its lease is killed, and its job done once',
    async (at) => {
      const id = await begin({ segments: 2, at, how: 'hold deaf' });
      const pid = await heldProcess(server, id);
      process.kill(pid, 'SIGSTOP');
      const job = await expectWhole(server, id, 2);
      await isProcessGone(pid);
      expect(job.epoch).toBe(2);
      expect(ends).toEqual(['completed']);
    },
  );

  it.each(placesOf(2))(
    'server fault 5 a job cancelled at “%s” is cancelled, and whole when tried again',
    async (at) => {
      const id = await begin({ segments: 2, at });
      await heldProcess(server, id);
      await server.repository.cancel(id);
      const job = await ended(server, id);
      expect(job).toMatchObject({ state: 'cancelled', result: null, lease: null });
      expect(ends).toEqual(['cancelled']);
      await server.repository.retry(id);
      const whole = await expectWhole(server, id, 2);
      expect(whole.segments.slice(0, job.segments.length)).toEqual(job.segments);
      expect(ends).toEqual(['cancelled', 'completed']);
    },
  );

  it.each(['begin', '1 stored', 'join'])(
    'server fault 5 a job cancelled at “%s” is cancelled though its worker is deaf',
    async (at) => {
      const id = await begin({ segments: 2, at, how: 'hold deaf' });
      const pid = await heldProcess(server, id);
      await server.repository.cancel(id);
      await ended(server, id);
      await isProcessGone(pid);
      expect(ends).toEqual(['cancelled']);
    },
  );

  it('server fault 5 a job that is cancelled while it ends has one end, and the answer says which', async () => {
    for (let segments = 1; segments <= 6; segments++) {
      const id = await begin({ segments });
      await jobWhere(server, id, (job) => job.segments.length >= segments - 1);
      const refusal = await server.repository.cancel(id).then(
        () => null,
        (error) => error.code,
      );
      const { state } = await ended(server, id);
      if (refusal) expect([refusal, state]).toEqual(['JOB_CHANGED', 'completed']);
      else expect(state).toBe('cancelled');
      if (state === 'completed') await expectWhole(server, id, segments);
    }
    expect(ends).toHaveLength(6);
  });

  it('server fault 6 a worker that finishes the same job twice finishes it once', async () => {
    const id = await begin({ segments: 2, at: 'result', how: 'finish twice' });
    await expectWhole(server, id, 2);
    const next = await begin({ segments: 1 });
    await expectWhole(server, next, 1);
    expect(ends).toEqual(['completed', 'completed']);
  });

  it('server fault 7 a job deleted under its worker leaves nothing behind', async () => {
    const id = await begin({ segments: 2, at: '1 stored' });
    await heldProcess(server, id);
    await server.repository.deleteJob(id);
    const next = await begin({ segments: 1 });
    await expectWhole(server, next, 1);
    const left = async () =>
      (await filesIn(server.files.jobs)).filter((path) => path.startsWith(id));
    await expect.poll(left).toEqual([]);
    expect(ends).toEqual(['completed']);
  });
});
