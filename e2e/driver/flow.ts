import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { clip } from '../clips/index.ts';
import type { HostChoices } from './app-page.ts';
import { type Enhanced, enhance, type SpecChange } from './enhance.ts';
import { isOwn, StrangerWatch } from './strangers.ts';

export type EnhanceClip = (
  name: string,
  change?: SpecChange,
  host?: HostChoices,
) => Promise<Enhanced & { readonly source: string }>;

interface TestFixtures {
  readonly nothingLeaves: undefined;
}

interface WorkerFixtures {
  readonly enhanced: EnhanceClip;
  readonly strangers: StrangerWatch;
}

/**
 * A test that fails when anything asks another origin for something, and with `enhanced`: runs a clip through the app,
 * once for all tests of a file that ask for the same job, since each looks at another side of one result.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  strangers: [
    async ({ browser }, use, { project }) => {
      isOwn(String(project.use.baseURL));
      await use(new StrangerWatch(browser));
    },
    { scope: 'worker' },
  ],
  nothingLeaves: [
    async ({ strangers }, use) => {
      await use(undefined);
      expect(strangers.take(), 'Requests to other origins').toEqual([]);
    },
    { auto: true },
  ],
  enhanced: [
    async ({ browser, strangers: _ }, use, { project }) => {
      const context = await browser.newContext({ acceptDownloads: true });
      const page = await context.newPage();
      await page.goto(String(project.use.baseURL));
      const jobs = new Map<string, ReturnType<EnhanceClip>>();
      const run: EnhanceClip = async (name, change, host) => {
        const source = await clip(name);
        return { ...(await enhance(page, source, change, host)), source };
      };
      await use((...job) => {
        const key = JSON.stringify(job);
        const known = jobs.get(key) ?? run(...job);
        jobs.set(key, known);
        return known;
      });
      await context.close();
      for (const job of jobs.values()) {
        await job.then(
          ({ path }) => rm(dirname(path), { recursive: true }),
          () => undefined,
        );
      }
    },
    { scope: 'worker' },
  ],
});

export { expect };
