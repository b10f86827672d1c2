import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumLaunchOptions } from '../browser/chromium.ts';
import { clip } from '../clips/index.ts';
import { serveApp } from '../driver/app-session.ts';
import type { Effort } from './effort.ts';
import { type MemoryFigures, type MemoryOfClip, rounded } from './figures.ts';
import { median } from './median.ts';
import { ProcessTreeMemory } from './process-tree-memory.ts';
import { benchSpec, prepareJob, runPrepared } from './timed-job.ts';

const model = 'reel-x2';
const clips = {
  short: { name: 'length-10s', seconds: 10 },
  long: { name: 'length-60s', seconds: 60 },
};

interface Length {
  readonly name: string;
  readonly seconds: number;
}

/** Peak memory of a long clip over that of a short one alike in all else: 1 means that length does not matter. */
export async function measureMemory(effort: Effort): Promise<MemoryFigures> {
  const repeats = effort === 'full' ? 2 : 1;
  const shorts: MemoryOfClip[] = [];
  const longs: MemoryOfClip[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    shorts.push(await peakOf(clips.short, effort));
    longs.push(await peakOf(clips.long, effort));
  }
  const [short, long] = [middle(shorts), middle(longs)];
  return { model, repeats, short, long, ratio: rounded(long.peakBytes / short.peakBytes) };
}

/**
 * One job in a fresh browser with a profile on disk: in a private window, which is what tests use, the browser
 * keeps the page's files in memory.
 */
async function peakOf({ name, seconds }: Length, effort: Effort): Promise<MemoryOfClip> {
  const part = effort === 'full' ? seconds : seconds / 50;
  const spec = benchSpec({ trim: { endSeconds: part }, enhance: { model } });
  const path = await clip(name);
  const profile = await mkdtemp(join(tmpdir(), 'clearreel-profile-'));
  const served = await serveApp();
  const browser = await chromium.launchPersistentContext(profile, chromiumLaunchOptions());
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    const app = await prepareJob(page, path, spec);
    const memory = new ProcessTreeMemory(process.pid);
    const idleBytes = await memory.bytesNow();
    if (idleBytes === 0) throw new Error('memory is read from /proc, which only Linux has');
    memory.start();
    await runPrepared(app);
    return { clip: name, seconds: part, idleBytes, peakBytes: await memory.stop() };
  } finally {
    await browser.close();
    await served.close();
    await rm(profile, { recursive: true, force: true });
  }
}

function middle(all: readonly MemoryOfClip[]): MemoryOfClip {
  const [first] = all;
  if (!first) throw new RangeError('no runs');
  return {
    ...first,
    idleBytes: Math.round(median(all.map(({ idleBytes }) => idleBytes))),
    peakBytes: Math.round(median(all.map(({ peakBytes }) => peakBytes))),
  };
}
