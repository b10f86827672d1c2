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
  /** Full names of the tests that failed, with the first line of why. */
  readonly failures: readonly string[];
}

type Outcome = Omit<StageResult, 'name' | 'seconds'>;

interface Stage {
  readonly name: string;
  run(reportPath: string, extraArguments: string[]): number | null;
  readReport(report: unknown): Outcome;
}

const options: SpawnSyncOptions = { cwd: repositoryRoot, stdio: 'inherit' };

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

const failureLine = (name: string, message = '') => `${name}: ${message.split('\n')[0]}`;

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
      const { numPassedTests, numFailedTests, numPendingTests, testResults } =
        report as VitestReport;
      const failures = testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => failureLine(fullName, failureMessages[0]));
      return {
        passed: numPassedTests,
        failed: numFailedTests,
        skipped: numPendingTests,
        failures,
      };
    },
  };
}

interface PlaywrightSuite {
  specs: {
    title: string;
    ok: boolean;
    tests: { results: { error?: { message?: string } }[] }[];
  }[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
}

const failuresOf = ({ specs, suites = [] }: PlaywrightSuite): string[] => [
  ...specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => failureLine(title, tests[0]?.results[0]?.error?.message)),
  ...suites.flatMap(failuresOf),
];

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
    const { stats, suites } = report as PlaywrightReport;
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
      failures: suites.flatMap(failuresOf),
    };
  },
};

export const stages: readonly Stage[] = [
  vitestStage('node', 'node'),
  vitestStage('browser', 'browser'),
  flows,
];

function outcomeIn(stage: Stage, reportPath: string): Outcome {
  try {
    return stage.readReport(JSON.parse(readFileSync(reportPath, 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, failures: [] };
  }
}

export function runStage(stage: Stage, reportPath: string, extraArguments: string[]): StageResult {
  const startMs = performance.now();
  const status = stage.run(reportPath, extraArguments);
  const seconds = (performance.now() - startMs) / 1000;
  const outcome = outcomeIn(stage, reportPath);
  // A runner can fail without a failed test: a file that does not load, a server that does not start.
  const failed = status === 0 ? outcome.failed : Math.max(outcome.failed, 1);
  return { name: stage.name, seconds, ...outcome, failed };
}
