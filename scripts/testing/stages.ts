import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../toolchain/install.mjs';

export interface StageResult {
  readonly name: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

type Counts = Pick<StageResult, 'passed' | 'failed' | 'skipped'>;

interface Stage {
  readonly name: string;
  run(reportPath: string, extraArguments: string[]): number | null;
  readReport(report: unknown): Counts;
}

const options: SpawnSyncOptions = { cwd: repositoryRoot, stdio: 'inherit' };

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
}

function vitestStage(name: string, project: string): Stage {
  return {
    name,
    run(reportPath, extraArguments) {
      const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs');
      const reporters = [
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${reportPath}`,
      ];
      const args = [vitest, 'run', '--project', project, '--passWithNoTests', ...reporters];
      return spawnSync(process.execPath, [...args, ...extraArguments], options).status;
    },
    readReport(report) {
      const { numPassedTests, numFailedTests, numPendingTests } = report as VitestReport;
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
    },
  };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

const flows: Stage = {
  name: 'flows',
  run(reportPath, extraArguments) {
    const cli = join(repositoryRoot, 'e2e/node_modules/@playwright/test/cli.js');
    const args = [cli, 'test', '--config=e2e', '--reporter=list,json', '--pass-with-no-tests'];
    return spawnSync(process.execPath, [...args, ...extraArguments], {
      ...options,
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath },
    }).status;
  },
  readReport(report) {
    const { expected, unexpected, flaky, skipped } = (report as PlaywrightReport).stats;
    return { passed: expected, failed: unexpected + flaky, skipped };
  },
};

export const stages: readonly Stage[] = [
  vitestStage('node', 'node'),
  vitestStage('browser', 'browser'),
  flows,
];

function countsIn(stage: Stage, reportPath: string): Counts {
  try {
    return stage.readReport(JSON.parse(readFileSync(reportPath, 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

export function runStage(stage: Stage, reportPath: string, extraArguments: string[]): StageResult {
  const startMs = performance.now();
  const status = stage.run(reportPath, extraArguments);
  const seconds = (performance.now() - startMs) / 1000;
  const counts = countsIn(stage, reportPath);
  // A runner can fail without a failed test: a file that does not load, a server that does not start.
  const failed = status === 0 ? counts.failed : Math.max(counts.failed, 1);
  return { name: stage.name, seconds, ...counts, failed };
}
