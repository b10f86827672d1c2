import type { Page } from 'playwright';
import { cached, ffmpegClip } from '../clips/clip.ts';
import { clip } from '../clips/index.ts';
import { openApp } from '../driver/app-session.ts';
import { whereAvailable } from './available.ts';
import type { Effort } from './effort.ts';
import { type ReuseCase, rounded } from './figures.ts';
import { median } from './median.ts';
import { benchSpec, prepareJob, runPrepared, type TimedJob } from './timed-job.ts';

interface Case {
  readonly clipName: string;
  readonly model: string;
  readonly repeats: number;
  readonly endSeconds?: number;
  readonly open: () => Promise<string>;
}

/** A still desktop in the size of several tiles, of which a small part moves: the whole frame never repeats. */
const screenRecording = ffmpegClip({
  name: 'bench/screen-recording',
  proves: 'only a region of 24×24 in the lower right changes, the rest is bit by bit the same',
  extension: 'webm',
  steps: [
    '-f lavfi -i mandelbrot=size=1024x576:rate=5:end_scale=0.5 -f lavfi -i testsrc2=size=24x24:rate=5:duration=1 -filter_complex [0]trim=end_frame=1,loop=-1:1,setpts=N/5/TB[still];[still][1]overlay=x=940:y=520:shortest=1 -c:v libvpx-vp9 -lossless 1 -pix_fmt yuv420p out.webm',
  ],
});

const named = (clipName: string) => ({ clipName, open: () => clip(clipName) });

/** Whole frames that repeat, tiles that repeat, and an old clip as it is found. */
const cases: readonly Case[] = [
  { ...named('held-frames'), model: 'reel-x2', repeats: 3 },
  {
    clipName: screenRecording.name,
    open: () => cached(screenRecording),
    model: 'span-x2',
    repeats: 1,
  },
  { ...named('real/tree'), model: 'reel-x2', repeats: 1, endSeconds: 5 },
];

export async function measureReuse(effort: Effort): Promise<ReuseCase[]> {
  const results: ReuseCase[] = [];
  for (const each of cases) {
    const result = await whereAvailable(() => measureCase(each, effort));
    if (result) results.push(result);
  }
  return results;
}

/** Both ways take turns on one page that has run the job before, so that neither pays for the first start. */
async function measureCase(each: Case, effort: Effort): Promise<ReuseCase> {
  const repeats = effort === 'full' ? each.repeats : 1;
  const endSeconds = effort === 'full' ? each.endSeconds : 0.25;
  const path = await each.open();
  const session = await openApp();
  try {
    const run = (reuse: boolean) =>
      runOn(session.page, session.url, path, { ...each, ...(endSeconds && { endSeconds }) }, reuse);
    if (effort === 'full') await run(true);
    const withReuse: TimedJob[] = [];
    const without: TimedJob[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      withReuse.push(await run(true));
      without.push(await run(false));
    }
    return summary(each, withReuse, without);
  } finally {
    await session.close();
  }
}

async function runOn(
  page: Page,
  url: string,
  path: string,
  { model, endSeconds }: Case,
  reuse: boolean,
): Promise<TimedJob> {
  await page.goto(url);
  const trim = endSeconds === undefined ? {} : { trim: { endSeconds } };
  const app = await prepareJob(page, path, benchSpec({ ...trim, enhance: { model, reuse } }));
  return runPrepared(app);
}

function summary(
  { clipName, model }: Case,
  withReuse: readonly TimedJob[],
  without: readonly TimedJob[],
): ReuseCase {
  const report = withReuse[0]?.report;
  if (!report) throw new RangeError('no runs');
  const seconds = (jobs: readonly TimedJob[]) => median(jobs.map(({ wallSeconds }) => wallSeconds));
  const inference = (jobs: readonly TimedJob[]) =>
    median(jobs.map((job) => job.report.inferenceSeconds));
  return {
    clip: clipName,
    model,
    repeats: withReuse.length,
    frames: report.framesOut,
    reusedFrames: report.reusedFrames,
    tiles: report.tiles,
    reusedTiles: report.reusedTiles,
    withSeconds: rounded(seconds(withReuse)),
    withoutSeconds: rounded(seconds(without)),
    jobRatio: rounded(seconds(withReuse) / seconds(without)),
    inferenceRatio: rounded(inference(withReuse) / inference(without)),
  };
}
