import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { begin, collect, enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { expectSameVideo } from '../driver/same-video.ts';
import { storedFiles, storedJobs, strayFiles } from '../driver/storage.ts';
import {
  EngineFault,
  engineScript,
  everyAttempt,
  firstAttempt,
} from '../faults/engine/engine-fault.ts';
import {
  crashingWorker,
  failingEncoder,
  forgottenRejection,
  frozenWorker,
  lostDevice,
  silentDecoder,
  silentEncoder,
  vanishingWorker,
} from '../faults/engine/faults.ts';
import { frameTimes } from '../reference/index.ts';

/** In the third segment of `plain-h264`, of half a second each. */
const frame = 30;

async function expectOneEnd(page: Page, state: string): Promise<void> {
  expect((await storedJobs(page)).map((job) => job.state)).toEqual([state]);
  await expect.poll(() => strayFiles(page)).toEqual([]);
}

test.describe('10. a failure on the way', () => {
  let source: string;
  let reference: string;

  test.beforeAll(async ({ browser, baseURL }) => {
    source = await clip('plain-h264');
    const page = await browser.newPage({ acceptDownloads: true });
    await page.goto(baseURL ?? '/');
    reference = (await enhance(page, source)).path;
    await page.close();
  });

  test.beforeEach(({ page }) => page.goto('/'));

  for (const [what, fault, sentence] of [
    ['an encoder error', failingEncoder, 'The encoder stopped: the encoder gave up.'],
    [
      'a crashed worker',
      crashingWorker,
      'The engine crashed: Uncaught Error: the worker fell over.',
    ],
    [
      'a rejection nobody waited for',
      forgottenRejection,
      'The engine crashed: nobody waits for this.',
    ],
    ['a vanished worker', vanishingWorker, 'The stage “enhance” made no progress for 15 s.'],
    ['a frozen worker', frozenWorker, 'The stage “enhance” made no progress for 15 s.'],
    ['a silent encoder', silentEncoder, 'The stage “encode” made no progress for 15 s.'],
  ] as const) {
    test(`10.7 after ${what} the job goes on from the last whole segment and says so`, async ({
      page,
    }) => {
      await EngineFault.install(page, fault, { frame }, firstAttempt);
      const result = await collect(await begin(page, source, {}, { stallSeconds: 15 }));
      expect(result.report).toMatchObject({ resumedSegments: 2, attempts: 2, framesOut: 75 });
      const message = `${sentence} The engine was restarted and went on with the next part.`;
      expect(result.notices).toContainEqual({ code: 'RESTARTED', message });
      await expectSameVideo(result.path, reference);
      await expectOneEnd(page, 'completed');
    });
  }

  test('10.8 a worker that always crashes is tried three times, then ends the job with its error', async ({
    page,
  }) => {
    const fault = await EngineFault.install(page, crashingWorker, { frame: 5 }, everyAttempt);
    const app = await begin(page, source);
    expect((await app.shownError()).code).toBe('WORKER_CRASHED');
    expect(fault.struck).toBe(3);
    await expectOneEnd(page, 'failed');
    await expect.poll(() => storedFiles(page)).toEqual([]);
  });

  test('10.9 an engine that does not load ends the job with a sentence', async ({ page }) => {
    await page.route(engineScript, (route) => route.fulfill({ status: 404 }));
    const app = await begin(page, source).catch((error) => error);
    expect(app).toMatchObject({ code: 'WORKER_CRASHED' });
    expect(app.message).toContain('Reload the page');
  });

  test('10.10 an encoder that always fails gives way to ffmpeg, and the job says so', async ({
    page,
  }) => {
    await EngineFault.install(page, failingEncoder, { frame: 5 }, everyAttempt);
    const result = await collect(await begin(page, source));
    expect(result.report).toMatchObject({ framesOut: 75, encoder: { value: 'ffmpeg' } });
    expect(result.notices.map(({ code }) => code)).toContain('FALLBACK_FFMPEG_ENCODER');
    expect(await frameTimes(result.path)).toHaveLength(75);
    await expectOneEnd(page, 'completed');
  });

  test('10.11 a decoder that always hangs gives way to ffmpeg, and the job says so', async ({
    page,
  }) => {
    await EngineFault.install(page, silentDecoder, { chunks: 12, of: 'job' }, everyAttempt);
    const result = await collect(await begin(page, source, {}, { stallSeconds: 15 }));
    expect(result.report).toMatchObject({ framesOut: 75, decoder: { value: 'ffmpeg' } });
    const fallback = result.notices.find(({ code }) => code === 'FALLBACK_FFMPEG_DECODER');
    expect(fallback?.message).toMatch(
      /^The stage “decode” made no progress for 15 s\..* ffmpeg decoder/,
    );
  });

  test('10.12 a GPU that is always lost gives way to the processor, and the job says so', async ({
    page,
  }) => {
    const tiny = await clip('tiny');
    await EngineFault.install(page, lostDevice, { afterMs: 200 }, everyAttempt);
    const result = await collect(await begin(page, tiny, {}, { provider: 'webgpu' }));
    expect(result.report).toMatchObject({ framesOut: 10, provider: { value: 'wasm' } });
    const fallback = result.notices.find(({ code }) => code === 'FALLBACK_WASM');
    expect(fallback?.message).toMatch(/^The GPU was lost: .* goes on without the GPU/);
    await expectOneEnd(page, 'completed');
  });

  test('10.13 after a GPU that is lost once the job goes on with the GPU', async ({ page }) => {
    const tiny = await clip('tiny');
    await EngineFault.install(page, lostDevice, { afterMs: 200 }, firstAttempt);
    const result = await collect(await begin(page, tiny, {}, { provider: 'webgpu' }));
    expect(result.report).toMatchObject({ attempts: 2, provider: { value: 'webgpu' } });
    expect(result.notices[0]?.message).toMatch(/^The GPU was lost: /);
  });
});
