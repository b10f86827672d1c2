import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './browser/chromium.ts';
import { flowsDataFolder } from './browser/flows-data.ts';

export default defineConfig({
  testDir: 'flows',
  outputDir: 'test-results',
  globalTeardown: './browser/flows-data.ts',
  // For machines many times slower than ours: nothing waits this long where it works.
  timeout: 600_000,
  expect: { timeout: 120_000 },
  // One browser at a time: a job uses every core, and times taken beside another job say nothing.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://127.0.0.1:${process.env.CLEARREEL_E2E_PORT}`,
    browserName: 'chromium',
    launchOptions: chromiumLaunchOptions(),
    screenshot: 'only-on-failure',
    // What a service worker answers no fault of a test can reach, and each test would fill its caches anew. The flows of
    // working offline allow it.
    serviceWorkers: 'block',
  },
  webServer: {
    command: `"${process.execPath}" server/src/main.ts`,
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      PORT: '0',
      HOST: '127.0.0.1',
      CLEARREEL_DATA: flowsDataFolder(),
    },
    timeout: 600_000,
    // A free port, so that two checkouts can run their flows side by side.
    wait: { stdout: /ClearReel is at http:\/\/127\.0\.0\.1:(?<CLEARREEL_E2E_PORT>\d+)/ },
  },
});
