import type { NoticeCode } from '@clearreel/shared/notices/codes';
import { clip } from '../clips/index.ts';
import { AppPage, type PageError } from '../driver/app-page.ts';
import { begin, collect, enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { storedFiles, storedJobs, strayFiles } from '../driver/storage.ts';
import { fault } from '../faults/index.ts';
import { frameTimes } from '../reference/index.ts';

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

/** What of 75 frames can be decoded at all, by the judgement of ffmpeg where it differs from the rest. */
const saved = [
  ['truncated', 35],
  ['truncated-fragmented', 50],
  ['truncated-webm', 25],
  ['damaged', 50],
  ['damaged-webm', 60],
] as const;

for (const [name, atLeast] of saved) {
  test(`15.32 of ${name} all frames that can be read are saved, and the loss is said`, async ({
    page,
  }) => {
    const result = await enhance(page, await fault(name));
    const frames = await frameTimes(result.path);
    expect(frames.length).toBeGreaterThanOrEqual(atLeast);
    expect(frames.length).toBeLessThan(75);
    expect(result.report.framesOut).toBe(frames.length);
    const told = result.notices.filter(({ code }) => losses.has(code));
    expect(told.map(({ message }) => message).join('\n')).toMatch(/damaged|incomplete/i);
    expect(await strayFiles(page)).toEqual([]);
  });
}

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
    expect(await storedFiles(page)).toEqual([]);
    expect((await storedJobs(page)).map(({ state }) => state)).toEqual(['failed']);
  });
}

test('15.34 an HDR source is converted where the user says so, with a notice', async ({ page }) => {
  const app = await begin(page, await clip('hdr-pq'), { output: { hdr: 'convert' } });
  const result = await collect(app);
  expect(result.notices.map(({ code }) => code)).toContain('HDR_CONVERTED');
  expect(await frameTimes(result.path)).toHaveLength(25);
});
