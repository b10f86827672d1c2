import { appendFile, copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { begin, collect } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { storedFiles, storedJobs, storedSegments, strayFiles } from '../driver/storage.ts';
import {
  EngineFault,
  everyAttempt,
  everyWorker,
  firstAttempt,
} from '../faults/engine/engine-fault.ts';
import {
  failingEncoder,
  fullDisk,
  fullDiskAtJoin,
  littleRoom,
  silentDecoder,
} from '../faults/engine/faults.ts';

let folder: string;
let source: string;

test.beforeEach(async ({ page }) => {
  folder = await mkdtemp(join(tmpdir(), 'clearreel-'));
  source = join(folder, 'source.mp4');
  await copyFile(await clip('plain-h264'), source);
  await page.goto('/');
});

test.afterEach(() => rm(folder, { recursive: true }));

test.describe('15. a file that changes', () => {
  for (const [how, change] of [
    ['is written to', (path: string) => appendFile(path, 'x')],
    ['is cut short', (path: string) => truncate(path, 1000)],
    ['is deleted', (path: string) => rm(path)],
  ] as const) {
    test(`15.40 one that ${how} between pick and start is refused, and leaves nothing behind`, async ({
      page,
    }) => {
      const app = new AppPage(page);
      await app.pick(source);
      await change(source);
      await app.start();
      expect((await app.shownError()).code).toBe('SOURCE_CHANGED');
      expect(await storedFiles(page)).toEqual([]);
      expect(await storedJobs(page)).toEqual([]);
    });
  }

  test('15.41 one that changes in the middle of a job ends it, and the segments are kept', async ({
    page,
  }) => {
    const fault = await EngineFault.install(page, failingEncoder, { frame: 30 }, firstAttempt);
    await page.route(/engine\.worker/, async (route) => {
      if (fault.struck === 1) await appendFile(source, 'x');
      await route.fallback();
    });
    const app = await begin(page, source);
    expect((await app.shownError()).code).toBe('SOURCE_CHANGED');
    expect((await storedJobs(page)).map(({ state }) => state)).toEqual(['failed']);
    expect(await storedSegments(page)).toBe(2);
    await expect.poll(() => strayFiles(page)).toEqual([]);
  });
});

test.describe('15. a disk without room', () => {
  test('15.50 a job that cannot fit is refused before it starts, with what it needs and what is left', async ({
    page,
  }) => {
    await EngineFault.install(page, littleRoom, { bytes: 20_000 }, everyAttempt);
    const app = await begin(page, source);
    const error = await app.shownError();
    expect(error.code).toBe('STORAGE_FULL');
    expect(error.message).toMatch(/needs about \d.*B, but the storage has only 20.*kB left/);
    await expect.poll(() => storedFiles(page)).toEqual([]);
    expect((await storedJobs(page)).map(({ state }) => state)).toEqual(['failed']);
  });

  test('15.55 a quota that is used up is said as such, whatever the browser’s estimate is', async ({
    context,
    page,
  }) => {
    const devtools = await context.newCDPSession(page);
    const { origin } = new URL(page.url());
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000 });
    // The page says so as soon as it has something to keep, which may be before the start.
    const error = await begin(page, source).then(
      (app) => app.shownError(),
      (thrown) => thrown,
    );
    expect(error.code).toBe('STORAGE_FULL');
    expect(error.message).toMatch(/the storage has (no more room|only .*B left)/);
    await expect.poll(() => storedFiles(page)).toEqual([]);
  });

  test('15.51 one that fills up keeps whole segments and nothing else, and the job goes on later', async ({
    page,
  }) => {
    const fault = await EngineFault.install(page, fullDisk, { bytes: 30_000 }, everyAttempt);
    const app = await begin(page, source);
    expect((await app.shownError()).code).toBe('STORAGE_FULL');
    expect((await storedJobs(page)).map(({ state }) => state)).toEqual(['failed']);
    const segments = await storedSegments(page);
    expect(segments).toBeGreaterThan(0);
    await expect.poll(() => strayFiles(page)).toEqual([]);
    await expect.poll(() => storedFiles(page)).toHaveLength(2 * segments);
    await fault.lift();
    await app.resume(source);
    expect((await collect(app)).report).toMatchObject({ resumedSegments: segments, framesOut: 75 });
  });

  test('15.52 one that fills up before the first segment leaves no file', async ({ page }) => {
    await EngineFault.install(page, fullDisk, { bytes: 10 }, everyAttempt);
    const app = await begin(page, source);
    expect((await app.shownError()).code).toBe('STORAGE_FULL');
    await expect.poll(() => storedFiles(page)).toEqual([]);
  });

  test('15.53 one that fills up at the join leaves no half result, and the join is done later', async ({
    page,
  }) => {
    const fault = await EngineFault.install(page, fullDiskAtJoin, { bytes: 10_000 }, everyAttempt);
    const app = await begin(page, source);
    expect((await app.shownError()).code).toBe('STORAGE_FULL');
    await expect.poll(() => strayFiles(page)).toEqual([]);
    await fault.lift();
    await app.resume(source);
    const { report } = await collect(app);
    expect(report).toMatchObject({ framesOut: 75 });
    expect(report.resumedSegments).toBe(report.segments);
  });

  test('15.54 a browser that stores nothing says so at once', async ({ page }) => {
    await page.addInitScript(() => {
      StorageManager.prototype.getDirectory = () =>
        Promise.reject(new DOMException('storage is blocked', 'SecurityError'));
    });
    await page.reload();
    const error = await new AppPage(page).shownError();
    expect(error.code).toBe('STORAGE_DENIED');
    expect(error.message).toContain('storage is blocked');
    expect(error.message).toContain('allow storage for this site');
  });
});

test.describe('15. nothing waits in silence', () => {
  test('15.60 a decoder that swallows frames ends the attempt with the name of its stage', async ({
    page,
  }) => {
    await EngineFault.install(page, silentDecoder, { chunks: 60, of: 'job' }, firstAttempt);
    const { notices } = await collect(await begin(page, source, {}, { stallSeconds: 15 }));
    const [restarted] = notices.filter(({ code }) => code === 'RESTARTED');
    expect(restarted?.message).toContain('The stage “decode” made no progress for 15 s.');
  });

  test('15.61 a decoder that swallows frames when the file is picked is an error of the stage “open”', async ({
    page,
  }) => {
    const app = new AppPage(page);
    await app.pick(await clip('tiny'), { provider: 'wasm', stallSeconds: 15 });
    // A job ends the worker that reads files, so that the next one is struck.
    await app.start();
    await app.finished();
    await EngineFault.install(page, silentDecoder, { chunks: 0, of: 'all' }, everyWorker);
    const error = await app.pick(source).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'STAGE_STALLED' });
    expect(error.message).toContain('The stage “open” made no progress for 15 s.');
  });
});
