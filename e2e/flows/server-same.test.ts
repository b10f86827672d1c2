import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJob } from '@clearreel/server/engine/run-job';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { clip } from '../clips/index.ts';
import { enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { frameTimes, psnr } from '../reference/index.ts';

/** The finest pictures, so that what differs is not the encoders. */
const finest = { quality: 100, segmentSeconds: 0.5 } as const;

test.beforeEach(({ page }) => page.goto('/'));

for (const [name, container, codec] of [
  ['plain-h264', 'mp4', 'avc'],
  ['webm-vp9-opus', 'webm', 'vp9'],
  ['vfr-mp4', 'mp4', 'vp9'],
  ['rotated-90', 'mp4', 'vp9'],
] as const) {
  test(`server 1.60 the browser and Node make the same of ${name}: frames, times, pictures`, async ({
    page,
  }) => {
    const source = await clip(name);
    const output = { ...finest, container, codec };
    const inBrowser = await enhance(page, source, { output });
    const folder = await mkdtemp(join(tmpdir(), 'clearreel-same-'));
    try {
      const { result } = await runJob({
        sourcePath: source,
        sourceName: name,
        spec: parseJobSpec({ version: 1, enhance: { model: 'anime4k-s-x2' }, output }),
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
  });
}
