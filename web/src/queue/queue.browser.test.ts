import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { removeAllJobs } from '../jobs/job-db.test-kit.ts';
import { jobDb } from '../jobs/job-db.ts';
import { jobsWithFiles } from '../storage/job-files.ts';
import { useStoragePreferences } from '../storage/storage-preferences.ts';
import {
  eventually,
  frameHashes,
  type JobRecord,
  jobOf,
  openQueue,
  segmentsReached,
  stateOf,
  type TestQueue,
} from './queue.test-kit.ts';

beforeEach(removeAllJobs);

const ids = (jobs: readonly JobRecord[]) => jobs.map(({ id }) => id);

/** One that is not over before a test has come to stop it. */
const longJob = () => jobOf('plain-h264', { model: 'reel-x2' });

/** Adds as many jobs as there are names, while the queue is paused. */
async function addPaused(queue: TestQueue, clips: readonly string[]): Promise<string[]> {
  await queue.getState().pauseQueue();
  const jobs = await Promise.all(clips.map((clip) => jobOf(clip)));
  return ids(await queue.getState().add(jobs));
}

describe('app 1. the queue', () => {
  it('app 1.41 runs its jobs one after the other, in their order', async () => {
    const queue = await openQueue();
    const job = await jobOf('tiny');
    const [first = '', second = ''] = ids(await queue.getState().add([job, job]));
    const a = await stateOf(first, 'completed');
    const b = await stateOf(second, 'completed');
    expect(b.startedAtMs).toBeGreaterThanOrEqual(a.endedAtMs ?? Number.POSITIVE_INFINITY);
    await eventually(() => expect(ids(queue.getState().ended)).toEqual([second, first]));
    expect(queue.getState().queue).toEqual([]);
    expect(queue.getState().running).toBeNull();
  });

  it('app 1.42 runs a job earlier that was moved before another', async () => {
    const queue = await openQueue();
    const [first = '', second = '', third = ''] = await addPaused(queue, ['tiny', 'tiny', 'tiny']);
    await queue.getState().move(third, first);
    await queue.getState().move(first, null);
    expect(ids(queue.getState().queue)).toEqual([third, second, first]);
    queue.getState().resumeQueue();
    await stateOf(first, 'completed');
    await eventually(() => expect(ids(queue.getState().ended)).toEqual([first, second, third]));
  });

  it('app 1.43 goes on after a pause with the same frames as without one', async () => {
    const queue = await openQueue();
    const job = await longJob();
    const [whole = ''] = ids(await queue.getState().add([job]));
    await stateOf(whole, 'completed');
    const [id = ''] = ids(await queue.getState().add([job]));
    await segmentsReached(id, 2);
    await queue.getState().pause(id);
    const paused = await jobDb.get(id);
    expect(paused).toMatchObject({ state: 'paused', planned: { frames: 75 } });
    expect(paused.reached?.segments).toBeGreaterThanOrEqual(2);
    expect(queue.getState().running).toBeNull();
    await queue.getState().resume(id);
    const { report } = await stateOf(id, 'completed');
    expect(report).toMatchObject({ resumedSegments: paused.reached?.segments });
    expect(await frameHashes(id)).toEqual(await frameHashes(whole));
  });

  it('app 1.44 starts the next job when one is paused', async () => {
    const queue = await openQueue();
    const long = await longJob();
    const [first = '', second = ''] = ids(await queue.getState().add([long, await jobOf('tiny')]));
    await segmentsReached(first, 1);
    await queue.getState().pause(first);
    await stateOf(second, 'completed');
    expect((await jobDb.get(first)).state).toBe('paused');
  });

  it('app 1.45 keeps the finished parts of a cancelled job, and a retry goes on from them', async () => {
    const queue = await openQueue();
    const [id = ''] = ids(await queue.getState().add([await longJob()]));
    await segmentsReached(id, 1);
    await queue.getState().cancel(id);
    const cancelled = await jobDb.get(id);
    expect(cancelled.state).toBe('cancelled');
    expect(ids(queue.getState().ended)).toEqual([id]);
    await queue.getState().retry(id);
    expect(ids(queue.getState().ended)).toEqual([]);
    const { report } = await stateOf(id, 'completed');
    expect(report).toMatchObject({ resumedSegments: cancelled.reached?.segments });
  });

  it('app 1.46 goes on with the next job when one fails, and a retry may change the means', async () => {
    const queue = await openQueue();
    const job = await jobOf('tiny');
    const without = {
      ...job,
      spec: { ...job.spec, enhance: { ...job.spec.enhance, model: 'gone' } },
    };
    const [first = '', second = ''] = ids(await queue.getState().add([without, job]));
    expect((await stateOf(first, 'failed')).error?.code).toBe('MODEL_MISSING');
    await stateOf(second, 'completed');
    await queue.getState().retry(first, { host: { provider: 'wasm', decoder: 'ffmpeg' } });
    await eventually(async () => {
      const { state, host } = await jobDb.get(first);
      expect({ state, host }).toMatchObject({ state: 'failed', host: { decoder: 'ffmpeg' } });
    });
  });

  it('app 1.47 removes a running job with its files, and goes on', async () => {
    const queue = await openQueue();
    const long = await longJob();
    const [first = '', second = ''] = ids(await queue.getState().add([long, await jobOf('tiny')]));
    await segmentsReached(first, 1);
    await queue.getState().remove([first]);
    expect(await jobDb.find(first)).toBeNull();
    expect(await jobDb.frozen(first)).toBeNull();
    expect(await jobsWithFiles()).not.toContain(first);
    await stateOf(second, 'completed');
  });

  it('app 1.48 stops as a whole, and goes on with the job that ran', async () => {
    const queue = await openQueue();
    const long = await longJob();
    const [first = '', second = ''] = ids(await queue.getState().add([long, await jobOf('tiny')]));
    await segmentsReached(first, 1);
    await queue.getState().pauseQueue();
    expect(queue.getState().queue.map(({ state }) => state)).toEqual(['queued', 'queued']);
    expect(queue.getState().running).toBeNull();
    queue.getState().resumeQueue();
    const a = await stateOf(first, 'completed');
    const b = await stateOf(second, 'completed');
    expect(b.startedAtMs).toBeGreaterThanOrEqual(a.endedAtMs ?? Number.POSITIVE_INFINITY);
  });

  it('app 1.49 lets a job wait whose file is out of reach, while others go on', async () => {
    const left = await openQueue();
    const [first = '', second = ''] = await addPaused(left, ['tiny', 'tiny']);
    await left.close();
    const queue = await openQueue();
    expect(ids(queue.getState().interrupted)).toEqual([first, second]);
    await queue.getState().continueAll();
    await eventually(() =>
      expect([...queue.getState().waitsForFile]).toEqual([
        [first, 'file'],
        [second, 'file'],
      ]),
    );
    const { file } = await jobOf('tiny');
    const other = await jobOf('plain-h264');
    await expect(queue.getState().provideFile(second, other.file)).rejects.toMatchObject({
      code: 'SOURCE_MISMATCH',
    });
    await queue.getState().provideFile(second, file);
    await stateOf(second, 'completed');
    expect((await jobDb.get(first)).state).toBe('queued');
  });

  it('app 1.50 finds the file of a job again through its copy', async () => {
    const left = await openQueue();
    await left.getState().pauseQueue();
    const job = { ...(await jobOf('tiny')), keepsCopy: true };
    const [id = ''] = ids(await left.getState().add([job]));
    await left.close();
    const queue = await openQueue();
    expect((await jobDb.get(id)).state).toBe('queued');
    await queue.getState().continueAll();
    expect((await stateOf(id, 'completed')).source.hasCopy).toBe(false);
  });

  it('app 1.51 says at once that the file of a job to go on with is out of reach', async () => {
    const left = await openQueue();
    const [id = ''] = await addPaused(left, ['tiny']);
    await left.close();
    const queue = await openQueue();
    const resuming = queue.getState().resume(id);
    await expect(resuming).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
    await eventually(() => expect(queue.getState().waitsForFile.get(id)).toBe('file'));
  });

  it('app 1.52 goes on by itself where the user wants that and the file is at hand', async () => {
    const left = await openQueue();
    await left.getState().pauseQueue();
    const [reachable, gone] = [{ ...(await jobOf('tiny')), keepsCopy: true }, await jobOf('tiny')];
    const [first = '', second = ''] = ids(await left.getState().add([gone, reachable]));
    await left.close();
    useStoragePreferences.setState({ continuesByItself: true });
    onTestFinished(() => void useStoragePreferences.setState({ continuesByItself: false }));
    const queue = await openQueue();
    await stateOf(second, 'completed');
    expect(ids(queue.getState().interrupted)).toEqual([first]);
  });
});

describe('app 6. two tabs', () => {
  it('app 6.70 never run two jobs at a time, and each sees the other’s', async () => {
    const [one, two] = [await openQueue(), await openQueue()];
    // Longer than a tab waits for another one's job before it gives up.
    const long = await jobOf('frames-300', { model: 'reel-x2' });
    const [first = ''] = ids(await one.getState().add([long]));
    const [second = ''] = ids(await two.getState().add([await jobOf('tiny')]));
    await eventually(() => expect([...two.getState().runningElsewhere]).toEqual([first]));
    expect(ids(two.getState().queue)).toEqual([first, second]);
    expect(two.getState().interrupted).toEqual([]);
    const attempts = [two.getState().pause(first), two.getState().remove([first])];
    for (const ended of await Promise.allSettled(attempts)) {
      expect(ended).toMatchObject({ reason: { code: 'JOB_BUSY' } });
    }
    const a = await stateOf(first, 'completed');
    const b = await stateOf(second, 'completed');
    expect(b.startedAtMs).toBeGreaterThanOrEqual(a.endedAtMs ?? Number.POSITIVE_INFINITY);
  });

  it('app 6.71 take over a job only when the other tab is gone', async () => {
    const [one, two] = [await openQueue(), await openQueue()];
    const [id = ''] = await addPaused(one, ['tiny']);
    await eventually(() => expect(ids(two.getState().queue)).toEqual([id]));
    expect(two.getState().interrupted).toEqual([]);
    await one.close();
    await eventually(() => expect(ids(two.getState().interrupted)).toEqual([id]));
    await two.getState().provideFile(id, (await jobOf('tiny')).file);
    await stateOf(id, 'completed');
  });
});
