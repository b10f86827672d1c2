// Carries texts in a folder of its own disk, and saves that folder's files elsewhere. Says what came of it as JSON.
import { copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { openSource } from '../media/open-source.ts';
import { carryTexts } from './carry-texts.ts';

const [sourcePath = '', joined = '', specText = '', resultFolder = '', saved = ''] =
  process.argv.slice(2);
const spec = parseJobSpec(JSON.parse(specText));
const { signal } = new AbortController();
const storedName = `result.${spec.output.container}`;

await copyFile(joined, join(resultFolder, storedName));
const source = await openSource(sourcePath, 'a video', {}, signal);
const { facts } = source;
const said = await carryTexts({ sourcePath, facts, spec, resultFolder, storedName, signal }).catch(
  (error: unknown) => ({ error: asClearReelError(error).toReport() }),
);
source.dispose();
await cp(resultFolder, saved, { recursive: true });
console.log(JSON.stringify(said));
