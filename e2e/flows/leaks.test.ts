import { clip } from '../clips/index.ts';
import { begin, collect, enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { takeCensus } from '../faults/engine/census.ts';

/**
 * Eight wait in front of or behind the decoder, it holds up to four itself, and the stages and the queues between
 * them have one or two each.
 */
const frameLimit = 20;

test.beforeEach(({ page }) => page.goto('/'));

for (const decoder of ['webcodecs', 'ffmpeg']) {
  test(`14.30 over 300 frames with ${decoder} every VideoFrame is closed, and the number that lives at a time is bounded`, async ({
    page,
  }) => {
    const census = await takeCensus(page);
    const { report } = await enhance(page, await clip('frames-300'), {}, { decoder });
    expect(report.framesOut).toBe(300);
    const { framesMade, framesLive, mostFramesLive } = await census();
    expect(framesMade).toBeGreaterThan(300);
    expect(mostFramesLive).toBeLessThanOrEqual(frameLimit);
    expect(framesLive).toBe(0);
  });
}

test('14.31 every VideoFrame is closed when the job is cancelled in the middle', async ({
  page,
}) => {
  const census = await takeCensus(page);
  // With a model that takes its time: the job must not be over before it is cancelled.
  await begin(page, await clip('frames-300'), { enhance: { model: 'reel-x2' } });
  await expect.poll(async () => (await census()).framesEncoded).toBeGreaterThan(40);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('The job was cancelled.')).toBeVisible();
  expect((await census()).framesEncoded).toBeLessThan(300);
  expect((await census()).framesLive).toBe(0);
});

test('14.32 on the GPU every VideoFrame is closed, and no GPU buffer more is alive after the last frame than after the tenth', async ({
  page,
}) => {
  const census = await takeCensus(page);
  const trim = { startSeconds: 0, endSeconds: 0.8 };
  const output = { segmentSeconds: 10 };
  const app = await begin(page, await clip('frames-300'), { trim, output }, { provider: 'webgpu' });
  const { report } = await collect(app);
  expect(report).toMatchObject({ framesOut: 24, provider: { value: 'webgpu' } });
  const { buffersLive, framesLive } = await census();
  expect(framesLive).toBe(0);
  expect(buffersLive[10]).toBeGreaterThan(0);
  expect(buffersLive.at(-1)).toBeLessThanOrEqual(buffersLive[10] ?? 0);
});
