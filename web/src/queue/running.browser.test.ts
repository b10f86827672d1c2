import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { removeAllJobs } from '../jobs/job-db.test-kit.ts';
import { jobDb } from '../jobs/job-db.ts';
import type { LiveFrames } from '../jobs/live-frames.ts';
import { useStoragePreferences } from '../storage/storage-preferences.ts';
import { eventually, jobOf, openQueue, stateOf, type TestQueue } from './queue.test-kit.ts';
import type { RunningJob } from './queue-state.ts';

beforeEach(removeAllJobs);

/** What the queue tells of the job that it runs now, one after the other, as it is told. */
function follow(queue: TestQueue): RunningJob[] {
  const told: RunningJob[] = [];
  onTestFinished(queue.subscribe(({ running }) => void (running && told.push(running))));
  return told;
}

const isClosed = ({ before, after }: LiveFrames) => before.width === 0 && after.width === 0;

describe('app 4. while a job runs', () => {
  it('app 4.41 tells frames, the time gone by and the seconds in each stage, which only grow', async () => {
    const queue = await openQueue();
    const told = follow(queue);
    const [job] = await queue
      .getState()
      .add([await jobOf('plain-h264', { model: 'anime4k-s-x2' })]);
    await stateOf(job?.id ?? '', 'completed');
    const progress = told.flatMap((running) => running.progress ?? []);
    const last = progress.at(-1);
    expect(last).toMatchObject({ stage: 'join', framesDone: 75, framesTotal: 75 });
    const seconds = progress.map(({ elapsedSeconds }) => elapsedSeconds);
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
    for (const stage of ['open', 'prepare', 'decode', 'enhance', 'encode', 'store'] as const) {
      expect(last?.stageSeconds[stage], stage).toBeGreaterThan(0);
    }
    expect(progress.some(({ secondsLeft }) => secondsLeft !== null)).toBe(true);
  });

  it('app 4.42 shows frames before and after only to those who watch, and closes what it replaces', async () => {
    const queue = await openQueue();
    const told = follow(queue);
    const job = await jobOf('plain-h264', { model: 'anime4k-s-x2' });
    const [unwatched] = await queue.getState().add([job]);
    await stateOf(unwatched?.id ?? '', 'completed');
    expect(told.every(({ latest }) => latest === null)).toBe(true);
    const stop = queue.getState().watchFrames();
    const [watched] = await queue.getState().add([job]);
    await stateOf(watched?.id ?? '', 'completed');
    stop();
    await eventually(() => expect(queue.getState().running).toBeNull());
    const shown = new Set(told.flatMap(({ latest }) => latest ?? []));
    expect(shown.size).toBeGreaterThan(0);
    expect([...shown].every(isClosed)).toBe(true);
  });

  it('app 4.43 shows both pictures of a frame upright, in square pixels and in the size of the result', async () => {
    const queue = await openQueue();
    onTestFinished(queue.getState().watchFrames());
    const sizes: number[][] = [];
    queue.subscribe(({ running }) => {
      const { before, after } = running?.latest ?? {};
      if (before && after) sizes.push([before.width, before.height, after.width, after.height]);
    });
    const [job] = await queue
      .getState()
      .add([await jobOf('rotated-90', { model: 'anime4k-s-x2' })]);
    const { facts } = await stateOf(job?.id ?? '', 'completed');
    const { width = 0, height = 0 } = facts?.video ?? {};
    expect(sizes[0]).toEqual([2 * height, 2 * width, 2 * height, 2 * width]);
  });

  it('app 4.44 keeps a frame of the result as the thumbnail of the job', async () => {
    const queue = await openQueue();
    const thumbnail = new Blob(['of the source'], { type: 'image/jpeg' });
    const [job] = await queue.getState().add([{ ...(await jobOf('tiny')), thumbnail }]);
    const id = job?.id ?? '';
    expect(await (await jobDb.thumbnail(id))?.text()).toBe('of the source');
    await stateOf(id, 'completed');
    await eventually(async () => {
      const picture = await createImageBitmap((await jobDb.thumbnail(id)) ?? new Blob());
      expect([picture.width, picture.height]).toEqual([320, 180]);
    });
  });
});

describe('app 6. storage', () => {
  it('app 6.60 asks once that storage is kept, when a job is started', async () => {
    useStoragePreferences.setState({ isPersistent: null });
    const queue = await openQueue();
    expect(useStoragePreferences.getState().isPersistent).toBeNull();
    const [job] = await queue.getState().add([await jobOf('tiny')]);
    await stateOf(job?.id ?? '', 'completed');
    await eventually(() =>
      expect(useStoragePreferences.getState().isPersistent).toBeTypeOf('boolean'),
    );
  });
});
