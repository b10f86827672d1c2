import { clip } from '../clips/index.ts';
import { Deployment } from '../driver/deployment.ts';
import { enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import {
  inSettings,
  keptLargeFiles,
  makeReady,
  offlineStatus,
  visit,
  withDataSaver,
} from '../driver/offline.ts';
import { decodeErrors, frameTimes } from '../reference/index.ts';

test.use({ serviceWorkers: 'allow' });

let app: Deployment;

test.beforeEach(async () => {
  app = await Deployment.start();
});
test.afterEach(() => app.stop());

/** The browser on the test machine has no GPU: the runtime for the processor, and no fp16. */
const neededHere = [
  'anime4k-s-x2.onnx',
  'anime4k-vl-x2.onnx',
  'animevideov3-x2.onnx',
  'animevideov3-x3.onnx',
  'animevideov3-x4.onnx',
  'ffmpeg-core.wasm',
  'ort-wasm-simd-threaded.wasm',
  'reel-x2.onnx',
  'span-x2.onnx',
  'span-x4.onnx',
];

test.describe('app 8 offline', () => {
  test('app 8.9 fetches in a quiet moment what jobs need in this browser, and says that it is ready', async ({
    page,
  }) => {
    await visit(page, app.url);
    await expect.poll(() => keptLargeFiles(page)).toEqual(neededHere);
    await inSettings(page, () => expect(page.getByText('Ready to work offline.')).toBeVisible());
  });

  test('app 8.10 runs whole jobs after one visit, with threads, ffmpeg and every frame', async ({
    context,
    page,
  }) => {
    await withDataSaver(page);
    await visit(page, app.url);
    await makeReady(page);
    await context.setOffline(true);
    await app.stop();
    await page.reload();
    const workers: string[] = [];
    page.on('worker', (worker) => workers.push(worker.url()));
    const source = await clip('xvid-avi');
    const result = await enhance(page, source);
    expect(result.report).toMatchObject({
      provider: { value: 'wasm' },
      decoder: { value: 'ffmpeg' },
    });
    expect(await frameTimes(result.path)).toHaveLength((await frameTimes(source)).length);
    expect(await decodeErrors(result.path)).toEqual([]);
    expect(workers.filter((url) => /ort-wasm-simd-threaded/.test(url)).length).toBeGreaterThan(0);
  });

  test('app 8.11 is cross-origin isolated without a network, and each script has its own policy', async ({
    context,
    page,
  }) => {
    await visit(page, app.url);
    await context.setOffline(true);
    await app.stop();
    await page.reload();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const policies = await page.evaluate(async () => {
      const cache = await caches.open(
        (await caches.keys()).find((name) => name.startsWith('workbox-precache')) ?? '',
      );
      const scripts = (await cache.keys()).filter(({ url }) => /\/assets\/.*\.m?js$/.test(url));
      const answers = scripts.map(async ({ url }) => {
        const { headers } = await fetch(url);
        return { url, policy: headers.get('content-security-policy') ?? '' };
      });
      return Promise.all(answers);
    });
    expect(policies.length).toBeGreaterThan(10);
    for (const { policy } of policies) expect(policy).toContain("connect-src 'self' blob:");
    const mayCompile = policies.filter(({ policy }) => policy.includes("'unsafe-eval'"));
    expect(mayCompile.map(({ url }) => url)).toEqual([expect.stringContaining('/engine.worker-')]);
  });

  test('app 8.29 opens its sample clip without a network', async ({ context, page }) => {
    await visit(page, app.url);
    await context.setOffline(true);
    await app.stop();
    await page.reload();
    await page.getByRole('button', { name: 'Try it with our sample' }).click();
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('app 8.12 keeps no file that was cut short, says so, and fetches it when asked again', async ({
    context,
    page,
  }) => {
    const cut = 'ffmpeg-core.wasm';
    await withDataSaver(page);
    await visit(page, app.url);
    await context.route(/ffmpeg-core-[\w-]+\.wasm$/, async (route) => {
      const response = await route.fetch();
      const { 'content-length': _, ...headers } = response.headers();
      await route.fulfill({ response, headers, body: (await response.body()).subarray(0, 1_000) });
    });
    await inSettings(page, async () => {
      const fetchNow = page.getByRole('button', { name: 'Fetch now' });
      await fetchNow.click();
      await expect(page.getByText('1000 of 32232419 bytes arrived')).toBeVisible();
      expect(await keptLargeFiles(page)).toEqual(neededHere.filter((name) => name !== cut));
      await context.unroute(/ffmpeg-core-[\w-]+\.wasm$/);
      await fetchNow.click();
      await expect(offlineStatus(page)).toHaveAttribute('data-offline', 'ready');
      expect(await keptLargeFiles(page)).toEqual(neededHere);
    });
  });

  test('app 8.13 fetches nothing ahead with data saver on, unless the user asks', async ({
    page,
  }) => {
    await withDataSaver(page);
    await visit(page, app.url);
    await inSettings(page, () =>
      expect(page.getByText('To save data, nothing is fetched ahead.')).toBeVisible(),
    );
    expect(await keptLargeFiles(page)).toEqual([]);
    await makeReady(page);
    expect(await keptLargeFiles(page)).toEqual(neededHere);
  });

  test('app 8.23 a test fails when a service worker without a policy asks another origin', async ({
    context,
    page,
    strangers,
  }) => {
    await context.route('**/sw.js', async (route) => {
      const response = await route.fetch();
      const { 'content-security-policy': _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await visit(page, app.url);
    const [worker] = context.serviceWorkers();
    await worker?.evaluate(() => fetch('http://stranger.invalid/').catch(() => undefined));
    await expect.poll(() => strangers.take()).toEqual(['http://stranger.invalid/']);
  });
});
