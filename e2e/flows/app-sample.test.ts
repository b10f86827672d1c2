import { fileURLToPath } from 'node:url';
import { AppPage } from '../driver/app-page.ts';
import { collect } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { decodeErrors, packets, probe, probeVideo } from '../reference/index.ts';

const sample = fileURLToPath(new URL('../../web/src/sample/sample.mp4', import.meta.url));
const tryIt = 'Try it with our sample';
const sound = async (path: string) => (await packets(path, 'a:0')).map(({ sha256 }) => sha256);

test.describe('app 10. a sample to try', () => {
  test('app 10.1 on a first visit two clicks, on the sample and on Start, give a result twice as large with its sound', async ({
    page,
  }) => {
    await page.goto('/');
    await page.getByRole('button', { name: tryIt }).click();
    await expect(page.getByRole('region', { name: 'The video' })).toContainText('320×180');
    const app = new AppPage(page);
    await app.start();
    const { path, report } = await collect(app);
    expect(report).toMatchObject({ framesOut: 60, provider: { value: 'wasm' } });
    expect(await probeVideo(path)).toMatchObject({ width: 640, height: 360, frameRate: '24/1' });
    expect((await probe(path)).durationSeconds).toBeCloseTo(2.5, 1);
    expect(await sound(path)).toEqual(await sound(sample));
    expect(await decodeErrors(path)).toEqual([]);
  });

  test('app 10.2 a sample that cannot be loaded is said, and the next click tries again', async ({
    page,
  }) => {
    await page.goto('/');
    const address = /sample-[\w-]+\.mp4$/;
    await page.route(address, (route) => route.fulfill({ status: 503 }));
    await page.getByRole('button', { name: tryIt }).click();
    const error = await new AppPage(page).shownError();
    expect(error.code).toBe('SAMPLE_MISSING');
    expect(error.message).toContain('the server answered 503');
    await page.unroute(address);
    await page.getByRole('button', { name: tryIt }).click();
    await expect(page.getByRole('region', { name: 'The video' })).toContainText('320×180');
  });
});
