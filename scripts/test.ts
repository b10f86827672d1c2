// `npm test` runs everything; `npm test -- node|browser|flows [runner options]` runs one part.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build/app-build.ts';
import { ensureMediaTools } from './testing/media-tools.ts';
import { runStage, type StageResult, stages } from './testing/stages.ts';
import { ensureBrowser } from './testing/test-browser.ts';

function report(results: StageResult[]): boolean {
  const total = { passed: 0, failed: 0, skipped: 0 };
  console.log('');
  for (const { name, seconds, passed, failed, skipped, failures } of results) {
    const verdict = failed === 0 ? 'pass' : 'FAIL';
    console.log(`${verdict}  ${name.padEnd(8)} ${passed} passed in ${seconds.toFixed(1)} s`);
    for (const failure of failures) console.log(`      ${failure}`);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && total.passed > 0;
}

const [only, ...extraArguments] = process.argv.slice(2);
const chosen = stages.filter(({ name }) => only === undefined || name === only);
if (chosen.length === 0) {
  const names = stages.map(({ name }) => name).join(', ');
  console.error(`argument_invalid: there is no part named '${only}'; choose from ${names}`);
  process.exit(2);
}

ensureMediaTools();
if (chosen.some(({ name }) => name !== 'node')) console.log(`Browser: ${ensureBrowser()}`);
if (chosen.some(({ name }) => name === 'flows')) await ensureBuilt();

const reports = mkdtempSync(join(tmpdir(), 'clearreel-test-'));
const results = chosen.map((stage) =>
  runStage(stage, join(reports, `${stage.name}.json`), extraArguments),
);
rmSync(reports, { recursive: true });
process.exitCode = report(results) ? 0 : 1;
