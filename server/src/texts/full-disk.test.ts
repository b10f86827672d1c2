import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { type OutputContainer, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { open } from '../media/reading.test-kit.ts';
import { canMount, onSmallDisk } from '../storage/small-disk.testing.ts';
import type { CarriedTexts } from './carry-texts.ts';
import { writeJoined } from './joined.test-kit.ts';

const program = fileURLToPath(new URL('./carry-once.testing.ts', import.meta.url));
const run = promisify(execFile);

describe.skipIf(!canMount)('server 1. texts on a disk that is nearly full', () => {
  let root: string;
  let count = 0;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'clearreel-full-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  /** A joined result and what came of its texts where the disk leaves so much room beside it. */
  async function carried(
    name: string,
    container: OutputContainer,
    roomBytes: number,
    codec = 'avc',
  ) {
    const folder = join(root, String(count++));
    const [disk, saved] = [join(folder, 'disk'), join(folder, 'saved')];
    await mkdir(disk, { recursive: true });
    const sourcePath = await clip(name);
    const source = await open(sourcePath);
    const spec = parseJobSpec({ version: 1, enhance: {}, output: { container, codec } });
    const joined = join(folder, 'joined');
    await writeJoined(sourcePath, source, spec, joined);
    source.dispose();
    const diskBytes = (await stat(joined)).size + roomBytes;
    const [file = '', ...args] = onSmallDisk(disk, diskBytes, [
      ...[process.execPath, program],
      ...[sourcePath, joined, JSON.stringify(spec), disk, saved],
    ]);
    const said: CarriedTexts & { error?: ErrorReport } = JSON.parse((await run(file, args)).stdout);
    const isUnchanged = (await readFile(join(saved, `result.${container}`))).equals(
      await readFile(joined),
    );
    return { ...said, isUnchanged, files: await readdir(saved) };
  }

  const full = { code: 'STORAGE_FULL' };

  it('server 1.54 without room for a second copy of a Matroska file they lie beside it, and it is as it was', async () => {
    const { notices, sideFiles, isUnchanged, files } = await carried(
      'everything-mkv',
      'mkv',
      65_536,
    );
    expect(notices).toMatchObject([
      { code: 'SUBTITLES_BESIDE', detail: { reason: full } },
      { code: 'CHAPTERS_BESIDE', detail: { reason: full } },
    ]);
    expect(sideFiles).toHaveLength(4);
    expect(files.sort()).toEqual(
      [...sideFiles.map((each) => each.storedName), 'result.mkv'].sort(),
    );
    expect(isUnchanged).toBe(true);
  });

  it('server 1.55 what only a second copy can hold for HDR displays is said to be left out', async () => {
    const { notices, isUnchanged } = await carried('hdr10-hevc', 'mkv', 65_536, 'vp9');
    expect(notices).toMatchObject([{ code: 'HDR_METADATA_LEFT_OUT', detail: { reason: full } }]);
    expect(isUnchanged).toBe(true);
  });

  it.each(['mkv', 'mp4'] as const)(
    'server 1.56 without room for any text the job stops with that code, and %s is as it was',
    async (container) => {
      const { error, isUnchanged } = await carried('everything-mkv', container, 0);
      expect(error).toMatchObject(full);
      expect(isUnchanged).toBe(true);
    },
  );
});
