import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppPage, PageError } from './driver/app-page.ts';
import { openApp } from './driver/app-session.ts';

const usage =
  'npm run drive -- INPUT OUTPUT [--spec JSON] [--provider webgpu|wasm] [--decoder webcodecs|ffmpeg] [--encoder webcodecs|ffmpeg]';

function parseSpec(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PageError('SPEC_INVALID', `--spec must be JSON: ${String(error)}`);
  }
}

/** Runs one job in the built app, through the app's own page, and prints one line of JSON. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      spec: { type: 'string' },
      provider: { type: 'string' },
      decoder: { type: 'string' },
      encoder: { type: 'string' },
    },
  });
  const [input, output] = positionals;
  if (!input || !output) throw new PageError('SPEC_INVALID', usage);
  const { spec, ...host } = values;
  const session = await openApp();
  try {
    const app = new AppPage(session.page);
    await app.pick(input, host);
    if (spec) await app.applySpec(parseSpec(spec));
    await app.start();
    const report = await app.finished();
    await app.save(output);
    const sideFiles = await app.sideFiles();
    for (const name of sideFiles) {
      await app.saveSideFile(name, join(dirname(output), basename(name)));
    }
    console.log(JSON.stringify({ ...report, notices: await app.notices(), sideFiles }));
  } finally {
    await session.close();
  }
}

try {
  await main();
} catch (error) {
  const code = error instanceof PageError ? error.code : 'INTERNAL';
  const message = error instanceof Error ? error.message : String(error);
  console.log(JSON.stringify({ error: { code, message } }));
  process.exitCode = 1;
}
