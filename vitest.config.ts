import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './e2e/browser/chromium.ts';
import { mediaCommands } from './e2e/browser/media-commands.ts';
import appConfig from './vite.config.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Apart from the app's configuration, so that building it needs nothing that only tests need.
export default mergeConfig(
  appConfig,
  defineConfig({
    test: {
      projects: [
        {
          extends: true,
          root: at('.'),
          test: {
            name: 'node',
            include: ['{shared,server,models,e2e,scripts}/**/*.test.ts'],
            exclude: ['**/node_modules/**', '**/*.browser.test.ts', 'e2e/flows/**'],
            environment: 'node',
            // A hang is to be found, not a slow machine: limits that hold when others use it too.
            testTimeout: 180_000,
            hookTimeout: 180_000,
            expect: { poll: { timeout: 30_000 } },
          },
        },
        {
          extends: true,
          root: at('.'),
          // What Vite finds only once a worker runs makes it load the page anew, in the middle of a test.
          optimizeDeps: { entries: [at('web/src/engine/engine.worker.ts')] },
          test: {
            name: 'browser',
            include: ['{web,shared}/**/*.browser.test.ts'],
            // For machines many times slower than ours: nothing waits this long where it works.
            testTimeout: 600_000,
            hookTimeout: 600_000,
            expect: { poll: { timeout: 120_000 } },
            fileParallelism: false,
            browser: {
              enabled: true,
              headless: true,
              commands: mediaCommands,
              screenshotFailures: false,
              provider: playwright({ launchOptions: chromiumLaunchOptions() }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
      ],
    },
  }),
);
