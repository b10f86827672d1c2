import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Notice } from '@clearreel/shared/media/facts';
import type { Page } from 'playwright';
import { AppPage, type HostChoices } from './app-page.ts';

/** Parts of a JobSpec to lay over the one that the page proposes. */
export interface SpecChange {
  readonly input?: Record<string, number>;
  readonly trim?: Record<string, number>;
  readonly enhance?: Record<string, unknown>;
  readonly output?: Record<string, unknown>;
}

export interface Enhanced {
  readonly path: string;
  readonly report: Record<string, unknown>;
  readonly notices: readonly Notice[];
  /** Paths of what was saved beside the result. */
  readonly sideFiles: readonly string[];
}

/** A small fast model, and segments so short that every clip has seams. */
const quick = {
  enhance: { model: 'anime4k-s-x2' },
  output: { segmentSeconds: 0.5 },
} as const;

/**
 * Picks a file, chooses quick settings and starts the job.
 * @throws PageError with the code that the page shows, if it shows one before the start.
 */
export async function begin(
  page: Page,
  input: string,
  change: SpecChange = {},
  host: HostChoices = {},
): Promise<AppPage> {
  // A fresh page, so that nothing of an earlier job's settings is read.
  await page.reload();
  const app = new AppPage(page);
  await app.pick(input, { provider: 'wasm', ...host });
  const proposed = await app.spec();
  await app.applySpec({
    ...proposed,
    ...(change.input && { input: change.input }),
    ...(change.trim && { trim: change.trim }),
    enhance: { ...proposed.enhance, ...quick.enhance, ...change.enhance },
    output: { ...proposed.output, ...quick.output, ...change.output },
  });
  await app.start();
  return app;
}

/**
 * Waits for the end of the job and saves all that comes of it into a new folder.
 * @throws PageError with the code that the page shows.
 */
export async function collect(app: AppPage): Promise<Enhanced> {
  const report = await app.finished();
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-'));
  const path = join(folder, await app.resultName());
  await app.save(path);
  const sideFiles: string[] = [];
  for (const name of await app.sideFiles()) {
    const sidePath = join(folder, basename(name));
    await app.saveSideFile(name, sidePath);
    sideFiles.push(sidePath);
  }
  return { path, report, notices: await app.notices(), sideFiles };
}

/**
 * Runs one job on the page as a user would and saves all that comes of it.
 * @throws PageError with the code that the page shows.
 */
export async function enhance(
  page: Page,
  input: string,
  change: SpecChange = {},
  host: HostChoices = {},
): Promise<Enhanced> {
  return collect(await begin(page, input, change, host));
}
