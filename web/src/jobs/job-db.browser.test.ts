import { openDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { onJobsChanged } from './job-changes.ts';
import { openJobDatabase } from './job-database.ts';
import { jobRecord, removeAllJobs } from './job-db.test-kit.ts';
import { jobDb } from './job-db.ts';
import { listOpenJobs, moveJob, storeJobs } from './job-order.ts';
import type { FrozenJob } from './job-record.ts';

beforeEach(removeAllJobs);

const frozen = {
  plan: {
    frameCount: 75,
    segments: [{ index: 0, startSeconds: null, endSeconds: null, frameCount: 75 }],
  },
  maxTilePixels: 1000,
  facts: jobRecord().facts,
} as unknown as FrozenJob;

const store = async (...names: string[]) => {
  const jobs = await storeJobs(names.map((name) => ({ record: jobRecord({ name }) })));
  return jobs.map(({ id }) => id);
};

const namesInOrder = async () => (await listOpenJobs()).map(({ source }) => source.name);

describe('app 6. the database of jobs', () => {
  it('app 6.10 keeps plan, handle and thumbnail apart from the record that lists read', async () => {
    const thumbnail = new Blob(['picture'], { type: 'image/jpeg' });
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('job-db-test', { create: true });
    onTestFinished(() => folder.removeEntry('job-db-test'));
    const [job] = await storeJobs([{ record: jobRecord(), thumbnail, handle }]);
    const id = job?.id ?? '';
    await jobDb.freeze(id, frozen);
    expect(await jobDb.frozen(id)).toEqual(frozen);
    expect(await (await jobDb.thumbnail(id))?.text()).toBe('picture');
    expect((await jobDb.handle(id))?.name).toBe('job-db-test');
    const record = await jobDb.get(id);
    expect(record.planned).toEqual({ frames: 75, segments: 1 });
    expect(JSON.stringify(record)).not.toContain('startSeconds');
  });

  it('app 6.11 removes with a job all that is kept of it', async () => {
    const [job] = await storeJobs([{ record: jobRecord(), thumbnail: new Blob(['picture']) }]);
    const id = job?.id ?? '';
    await jobDb.freeze(id, frozen);
    await jobDb.remove(id);
    expect(await jobDb.find(id)).toBeNull();
    expect(await jobDb.frozen(id)).toBeNull();
    expect(await jobDb.thumbnail(id)).toBeNull();
  });

  it('app 6.12 changes a state only from one that it can follow', async () => {
    const [id = ''] = await store('clip');
    await jobDb.start(id);
    await expect(jobDb.start(id)).rejects.toMatchObject({ code: 'JOB_CHANGED' });
    await jobDb.pause(id);
    await expect(jobDb.giveBack(id)).rejects.toMatchObject({ code: 'JOB_CHANGED' });
    await jobDb.cancel(id);
    await expect(jobDb.pause(id)).rejects.toMatchObject({ code: 'JOB_CHANGED' });
    await jobDb.requeue(id, 'a tab');
    expect(await jobDb.get(id)).toMatchObject({ state: 'queued', tab: 'a tab' });
    expect(await jobDb.get(id)).not.toHaveProperty('endedAtMs');
  });

  it('server 9.64 a job that a server has finished meanwhile is not brought here, and stays there', async () => {
    const host = { server: 'https://gpu.example' };
    const remote = { jobId: 'there' };
    const [job] = await storeJobs([{ record: jobRecord({ host, remote, state: 'completed' }) }]);
    const id = job?.id ?? '';
    await expect(jobDb.bringHome(id, 'tab')).rejects.toMatchObject({ code: 'JOB_CHANGED' });
    expect(await jobDb.get(id)).toMatchObject({ state: 'completed', host, remote });
    expect(await jobDb.list()).toHaveLength(1);
  });

  it('server 9.65 a job that is brought here twice leaves one mark over there', async () => {
    const host = { server: 'https://gpu.example' };
    const [job] = await storeJobs([
      { record: jobRecord({ host, remote: { jobId: 'there' }, state: 'failed' }) },
    ]);
    const id = job?.id ?? '';
    await jobDb.bringHome(id, 'tab');
    await expect(jobDb.bringHome(id, 'tab')).rejects.toMatchObject({ code: 'JOB_CHANGED' });
    expect(await jobDb.get(id)).toMatchObject({ state: 'queued', host: {} });
    const marked = (await jobDb.list()).filter(({ isDeleted }) => isDeleted);
    expect(marked).toHaveLength(1);
  });

  it('app 6.13 knows no job that was removed', async () => {
    const [id = ''] = await store('clip');
    await jobDb.remove(id);
    await expect(jobDb.start(id)).rejects.toMatchObject({ code: 'JOB_MISSING' });
  });

  it('app 6.14 keeps the order of the queue, with new jobs at its end', async () => {
    await store('a', 'b');
    const [, , , d = ''] = await store('c', 'd').then(async () =>
      (await listOpenJobs()).map(({ id }) => id),
    );
    await moveJob(d, (await listOpenJobs())[1]?.id ?? '');
    expect(await namesInOrder()).toEqual(['a', 'd', 'b', 'c']);
    await moveJob((await listOpenJobs())[0]?.id ?? '', null);
    await store('e');
    expect(await namesInOrder()).toEqual(['d', 'b', 'c', 'a', 'e']);
  });

  it('app 6.15 lists the queue without the jobs that are over', async () => {
    const [a = '', b = ''] = await store('a', 'b');
    await jobDb.cancel(a);
    await jobDb.pause(b);
    expect(await namesInOrder()).toEqual(['b']);
  });

  it('app 6.16 tells each change, in other tabs too', async () => {
    const heard: string[] = [];
    onTestFinished(onJobsChanged((ids) => void heard.push(...ids)));
    const elsewhere = new BroadcastChannel('clearreel-jobs');
    onTestFinished(() => elsewhere.close());
    const heardElsewhere = new Promise((resolve) => {
      elsewhere.onmessage = ({ data }) => resolve(data);
    });
    const [id = ''] = await store('clip');
    expect(heard).toEqual([id]);
    expect(await heardElsewhere).toEqual([id]);
  });
});

describe('app 6. a database of version 1', () => {
  it('app 6.20 is taken over with all of its jobs', async () => {
    const name = `upgrade-${crypto.randomUUID()}`;
    onTestFinished(() => void indexedDB.deleteDatabase(name));
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('job-db-test', { create: true });
    const { source, facts: _, ...rest } = jobRecord();
    const old = await openDB(name, 1, {
      upgrade: (db) =>
        void db
          .createObjectStore('jobs', { keyPath: 'id' })
          .createIndex('createdAtMs', 'createdAtMs'),
    });
    await old.add('jobs', { ...rest, id: 'begun', createdAtMs: 1, source, frozen });
    await old.add('jobs', { ...rest, id: 'fresh', createdAtMs: 2, source: { ...source, handle } });
    old.close();
    const db = await openJobDatabase(name);
    const [begun, fresh] = await db.getAllFromIndex('jobs', 'createdAtMs');
    expect(begun).toMatchObject({ id: 'begun', order: 1, planned: { frames: 75, segments: 1 } });
    expect(begun).toMatchObject({ facts: frozen.facts, source });
    expect(begun).not.toHaveProperty('frozen');
    expect(await db.get('frozen', 'begun')).toEqual(frozen);
    expect(fresh).toMatchObject({ id: 'fresh', order: 2, source: { ...source, hasHandle: true } });
    expect(fresh?.source).not.toHaveProperty('handle');
    expect((await db.get('handles', 'fresh'))?.name).toBe('job-db-test');
    expect(await db.countFromIndex('jobs', 'state', 'queued')).toBe(2);
    db.close();
  });
});
