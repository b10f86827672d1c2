import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumLaunchOptions } from '../../e2e/browser/chromium.ts';
import { installDebianPackage } from './debian-packages.ts';

const downloadLimitMs = 5 * 60_000;

function browserPath(): string | undefined {
  const path = chromiumLaunchOptions().executablePath ?? chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

function downloadPlaywrightBrowser(): void {
  const manifest = createRequire(import.meta.url).resolve('playwright/package.json');
  const install = [join(dirname(manifest), 'cli.js'), 'install', 'chromium'];
  spawnSync(process.execPath, install, { stdio: ['ignore', 2, 2], timeout: downloadLimitMs });
}

/**
 * The browser that the tests drive: the one named by `CLEARREEL_CHROMIUM`, the system's, Playwright's
 * own, or the Debian package.
 *
 * @returns its path
 * @throws {Error} `browser_missing` when there is none and none could be installed
 */
export function ensureBrowser(): string {
  const found = browserPath();
  if (found) return found;
  // The package first: it also brings the libraries that a downloaded browser lacks on a bare system.
  if (!installDebianPackage('chromium')) downloadPlaywrightBrowser();
  const installed = browserPath();
  if (installed) return installed;
  throw new Error(
    'browser_missing: the tests need Chromium 137 or newer. Install it, or run `npx playwright install chromium`, or name one in CLEARREEL_CHROMIUM.',
  );
}
