import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJob } from '@clearreel/server/engine/run-job';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { enhance, type SpecChange } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { frameTimes, psnr } from '../reference/index.ts';

/** The finest pictures, so that what differs is not the encoders. */
const finest = { quality: 100, segmentSeconds: 0.5 } as const;

test.beforeEach(({ page }) => page.goto('/'));

/** The same job in the browser and in Node gives the same frames at the same times. */
async function expectSameOnBothHosts(
  page: Page,
  name: string,
  output: NonNullable<SpecChange['output']>,
  input?: { framesPerSecond: number },
): Promise<void> {
  const source = await clip(name);
  const inBrowser = await enhance(page, source, { ...(input && { input }), output });
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-same-'));
  try {
    const { result } = await runJob({
      sourcePath: source,
      sourceName: name,
      spec: parseJobSpec({ version: 1, input, enhance: { model: 'anime4k-s-x2' }, output }),
      workFolder: join(folder, 'work'),
      resultFolder: join(folder, 'result'),
      providers: ['cpu'],
      signal: new AbortController().signal,
      onProgress: () => {},
      onSegment: async () => {},
    });
    const inNode = join(folder, 'result', result.storedName);
    const stamps = async (path: string) =>
      (await frameTimes(path)).map(({ timestampSeconds }) => timestampSeconds);
    expect(await stamps(inNode)).toEqual(await stamps(inBrowser.path));
    expect((await psnr(inNode, inBrowser.path)).mean).toBeGreaterThan(40);
  } finally {
    await rm(folder, { recursive: true });
  }
}

for (const [name, container, codec] of [
  ['plain-h264', 'mp4', 'avc'],
  ['webm-vp9-opus', 'webm', 'vp9'],
  ['vfr-mp4', 'mp4', 'vp9'],
  ['rotated-90', 'mp4', 'vp9'],
] as const) {
  test(`server 1.60 the browser and Node make the same of ${name}: frames, times, pictures`, async ({
    page,
  }) => {
    await expectSameOnBothHosts(page, name, { ...finest, container, codec });
  });
}

for (const name of [
  ...['pictures-png', 'pictures-packed', 'bars-jpeg', 'bars-webp', 'pictures-odd'],
  ...['pictures-turned', 'pictures-alpha', 'pictures-damaged'],
]) {
  test(`server 1.61 the browser and Node make the same of the image sequence ${name}`, async ({
    page,
  }) => {
    const output = { ...finest, container: 'mp4', codec: 'vp9' };
    await expectSameOnBothHosts(page, name, output, { framesPerSecond: 29.97 });
  });
}
