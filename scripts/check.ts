// `npm run check` runs every check; `npm run check -- types` the ones whose name starts so.
import { checks } from './checks/all.ts';
import { repositoryRoot } from './toolchain/install.mjs';

const [only = ''] = process.argv.slice(2);
const lines: string[] = [];
let failures = 0;

for (const { name, run } of checks.filter((check) => check.name.startsWith(only))) {
  const startMs = performance.now();
  const problems = await run(repositoryRoot);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  if (problems) {
    failures += 1;
    console.log(`── ${name} ──\n${problems}\n`);
  }
  lines.push(`${problems ? 'FAIL' : 'pass'}  ${name} (${seconds} s)`);
}

console.log(lines.join('\n'));
console.log(`check: ${lines.length - failures} passed, ${failures} failed`);
process.exitCode = failures === 0 && lines.length > 0 ? 0 : 1;
