import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Job } from '@clearreel/shared/api/job';
import type { Page } from 'playwright';
import { clip } from '../clips/index.ts';
import type { ServerProcess } from './server-process.ts';
import { recordsText } from './storage.ts';

/** A clip that takes a while to send: behind it stands a box of `bytes` that readers of MP4 skip. */
export async function paddedClip(name: string, bytes: number): Promise<string> {
  const path = await clip(name);
  const box = Buffer.alloc(bytes);
  box.writeUInt32BE(bytes, 0);
  box.write('free', 4);
  const target = join(await mkdtemp(join(tmpdir(), 'clearreel-padded-')), basename(path));
  await writeFile(target, Buffer.concat([await readFile(path), box]));
  return target;
}

/** A line on which uploads crawl; 0 lets them run again. */
export async function slowUploads(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 0, downloadThroughput: -1 },
    uploadThroughput: bytesPerSecond || -1,
  });
}

/** What the server says, past the page. */
export async function askServer<T>(
  { url }: Pick<ServerProcess, 'url'>,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const response = await fetch(new URL(`api/v1${path}`, url), { headers });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export async function jobsOf(server: Pick<ServerProcess, 'url'>): Promise<readonly Job[]> {
  return (await askServer<{ jobs: readonly Job[] }>(server, '/jobs')).jobs;
}

interface StoredRemote {
  readonly id: string;
  readonly state: string;
  readonly remote?: { readonly uploadUrl?: string; readonly jobId?: string };
}

/** Everything that the page has stored of its jobs, as text and as records. */
export async function storedRecords(
  page: Page,
): Promise<{ readonly text: string; readonly jobs: readonly StoredRemote[] }> {
  const text = await recordsText(page);
  return { text, jobs: JSON.parse(text) };
}

/** Keeps the page from hearing how its job is getting on, however soon the server is done, until it is let go. */
export async function heldBack(page: Page): Promise<{ letGo(): Promise<void> }> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const oneJob = /\/api\/v1\/jobs\/[^/]+$/;
  await page.route(oneJob, async (route) => {
    await released;
    await route.fallback();
  });
  return {
    async letGo() {
      release();
      await page.unroute(oneJob);
    },
  };
}
