// `npm run bench` measures everything; `npm run bench -- PART…` measures parts and keeps the other figures;
// `--quick` only shows that the bench works: it prints figures that mean nothing and writes none.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { chromiumLaunchOptions } from '../browser/chromium.ts';
import { measureCodecs } from './codecs.ts';
import type { Effort } from './effort.ts';
import {
  type Figures,
  type Machine,
  type Measured,
  type PartOfBench,
  readMeasured,
  writeMeasured,
} from './figures.ts';
import { measureHistory } from './history.ts';
import { measureMemory } from './memory.ts';
import { measureOverhead } from './overhead.ts';
import { measurePreview } from './preview.ts';
import { measureQuality } from './quality.ts';
import { writeReadme } from './readme.ts';
import { measureReuse } from './reuse.ts';
import { measureApi } from './server/api.ts';
import { measureServerOverhead } from './server/overhead.ts';
import { measureUpload } from './server/upload.ts';
import { measureWorkerMemory } from './server/worker-memory.ts';

const parts: { [Part in PartOfBench]: (effort: Effort) => Promise<Figures[Part]> } = {
  overhead: measureOverhead,
  memory: measureMemory,
  reuse: measureReuse,
  codecs: measureCodecs,
  preview: measurePreview,
  history: measureHistory,
  serverOverhead: measureServerOverhead,
  workerMemory: measureWorkerMemory,
  api: measureApi,
  upload: measureUpload,
  quality: measureQuality,
};

const isPart = (name: string): name is PartOfBench => name in parts;

async function machine(): Promise<Machine> {
  const browser = await chromium.launch(chromiumLaunchOptions());
  const version = browser.version();
  await browser.close();
  return {
    cores: cpus().length,
    browser: `Chromium ${version.split('.')[0]}`,
    node: process.versions.node.split('.')[0] ?? '',
  };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const unknown = positionals.find((name) => !isPart(name));
if (unknown !== undefined) {
  const names = Object.keys(parts).join(', ');
  console.error(`argument_invalid: there is no part named '${unknown}'; choose from ${names}`);
  process.exit(2);
}

const wanted = Object.keys(parts).filter(
  (name): name is PartOfBench =>
    isPart(name) && (positionals.length === 0 || positionals.includes(name)),
);
const measuredOn = await machine();
for (const name of wanted) {
  const startMs = performance.now();
  console.error(`measuring ${name} …`);
  const figures = await parts[name](values.quick ? 'quick' : 'full');
  console.log(`${name}: ${((performance.now() - startMs) / 1000).toFixed(0)} s`);
  console.log(JSON.stringify(figures, null, 2));
  if (values.quick) continue;
  // After each part, so that what was measured is kept when a later one fails.
  const measured: Measured = { ...readMeasured(), [name]: { machine: measuredOn, figures } };
  writeMeasured(measured);
  writeReadme(measured);
}
