import type { NoticeCode } from '@clearreel/shared/notices/codes';
import { clip } from '../clips/index.ts';
import { AppPage, type PageError } from '../driver/app-page.ts';
import { begin, collect, enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { storedFiles, storedJobs, strayFiles } from '../driver/storage.ts';
import { beforeFault, fault } from '../faults/index.ts';
import { frameTimes, sameFrameSeconds } from '../reference/index.ts';

test.beforeEach(({ page }) => page.goto('/'));

const refused = [
  ['empty', 'SOURCE_EMPTY', /empty \(0 bytes\)/],
  ['text-as-mp4', 'SOURCE_UNREADABLE', /not a video that can be read/],
  ['noise-as-mp4', 'SOURCE_UNREADABLE', /not a video that can be read/],
  ['zip-as-mkv', 'SOURCE_UNREADABLE', /not a video that can be read/],
  ['truncated-index', 'SOURCE_UNREADABLE', /its index is missing/],
  ['encrypted', 'SOURCE_ENCRYPTED', /encrypted.*copy without copy protection/],
  ['claims-30000', 'SOURCE_TOO_LARGE', /30000×30000/],
  ['claims-16000', 'SOURCE_TOO_LARGE', /16000×16000/],
  ['claims-30000-avi', 'SOURCE_UNREADABLE', /no possible picture size/],
  ['no-frames', 'SOURCE_NO_FRAMES', /Not one frame/],
  ['unknown-codec', 'DECODER_MISSING', /Nothing here can decode/],
  ['pack-of-nothing', 'SOURCE_UNREADABLE', /no pictures/],
  ['pack-long-list', 'SOURCE_UNREADABLE', /no pictures/],
  ['pack-no-list', 'SOURCE_UNREADABLE', /no pictures/],
  ['pack-long-picture', 'SOURCE_UNREADABLE', /1\.png/],
  ['pack-claims-30000', 'SOURCE_TOO_LARGE', /30000×30000/],
  ['pack-of-paths', 'SOURCE_NO_FRAMES', /Not one frame/],
  ['zip-bomb', 'SOURCE_UNREADABLE', /1\.png/],
] as const;

for (const [name, code, sentence] of refused) {
  test(`15.30 ${name} is refused when it is picked, with ${code} and a sentence, and leaves nothing behind`, async ({
    page,
  }) => {
    const app = new AppPage(page);
    const error: PageError = await app.pick(await fault(name)).catch((thrown) => thrown);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(sentence);
    expect(await storedFiles(page)).toEqual([]);
    expect(await storedJobs(page)).toEqual([]);
  });
}

test('15.31 a sound file is refused as one without a picture', async ({ page }) => {
  const app = new AppPage(page);
  const error: PageError = await app.pick(await clip('audio-only')).catch((thrown) => thrown);
  expect(error.code).toBe('SOURCE_NO_VIDEO');
});

const losses: ReadonlySet<string> = new Set<NoticeCode>([
  'SOURCE_CUT_SHORT',
  'SOURCE_DAMAGED',
  'SPAN_DAMAGED',
  'FRAMES_DAMAGED',
  'FRAMES_NOT_DECODED',
]);

/** `readableSeconds`: mediabunny reads no part of a Matroska cluster, ffmpeg reads what is there of the last one. */
const saved = [
  { name: 'truncated' },
  { name: 'truncated-fragmented' },
  { name: 'truncated-webm', readableSeconds: 1 },
  { name: 'damaged' },
  { name: 'damaged-webm' },
];

const inMs = (seconds: readonly number[]) => seconds.map((each) => Math.round(each * 1000));

for (const { name, readableSeconds = Number.POSITIVE_INFINITY } of saved) {
  test(`15.32 of ${name} all frames that are whole are saved, each in its place, and the loss is said`, async ({
    page,
  }) => {
    const path = await fault(name);
    const whole = await sameFrameSeconds(path, await beforeFault(name));
    const decodable = (await frameTimes(path)).map(({ timestampSeconds }) => timestampSeconds);
    const result = await enhance(page, path);
    const found = (await frameTimes(result.path)).map(({ timestampSeconds }) => timestampSeconds);
    expect(inMs(found)).toEqual(
      expect.arrayContaining(inMs(whole.filter((each) => each < readableSeconds))),
    );
    expect(inMs(decodable)).toEqual(expect.arrayContaining(inMs(found)));
    expect(found.length).toBeLessThan(75);
    expect(result.report.framesOut).toBe(found.length);
    const told = result.notices.filter(({ code }) => losses.has(code));
    expect(told.map(({ message }) => message).join('\n')).toMatch(/damaged|incomplete/i);
    await expect.poll(() => strayFiles(page)).toEqual([]);
  });
}

test('15.35 the loss of frames is said once, with their number', async ({ page }) => {
  const { notices, report } = await enhance(page, await fault('damaged'));
  const said = notices.filter(({ code }) => code === 'SPAN_DAMAGED');
  expect(said.map(({ message }) => message)).toEqual([
    expect.stringContaining(`${75 - Number(report.framesOut)} of 75 frames`),
  ]);
});

for (const name of ['hdr-pq', 'hdr-hlg', 'hdr10-hevc']) {
  test(`15.33 ${name} is named as HDR when it is picked, refused as a job, and leaves nothing behind`, async ({
    page,
  }) => {
    const app = new AppPage(page);
    await app.pick(await clip(name), { provider: 'wasm' });
    await expect(page.getByRole('list', { name: 'Problems' })).toContainText('The video is HDR');
    await app.start();
    const error = await app.shownError();
    expect(error.code).toBe('SOURCE_HDR');
    expect(error.message).toContain('Allow the conversion to SDR');
    await expect.poll(() => storedFiles(page)).toEqual([]);
    expect((await storedJobs(page)).map(({ state }) => state)).toEqual(['failed']);
  });
}

test('15.34 an HDR source is converted where the user says so, with a notice', async ({ page }) => {
  const app = await begin(page, await clip('hdr-pq'), { output: { hdr: 'convert' } });
  const result = await collect(app);
  expect(result.notices.map(({ code }) => code)).toContain('HDR_CONVERTED');
  expect(await frameTimes(result.path)).toHaveLength(25);
});
