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
import { longChapters, longSubtitles } from './long-texts.test-kit.ts';

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
    sourcePath: string,
    container: OutputContainer,
    roomBytes: number,
    codec = 'avc',
  ) {
    const folder = join(root, String(count++));
    const [disk, saved] = [join(folder, 'disk'), join(folder, 'saved')];
    await mkdir(disk, { recursive: true });
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
      await clip('everything-mkv'),
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
    const { notices, isUnchanged } = await carried(await clip('hdr10-hevc'), 'mkv', 65_536, 'vp9');
    expect(notices).toMatchObject([{ code: 'HDR_METADATA_LEFT_OUT', detail: { reason: full } }]);
    expect(isUnchanged).toBe(true);
  });

  it.each(['mkv', 'mp4'] as const)(
    'server 1.56 without room for any text the job stops with that code, and %s is as it was',
    async (container) => {
      const source = await clip('everything-mkv');
      const { error, isUnchanged } = await carried(source, container, 0);
      expect(error).toMatchObject(full);
      expect(isUnchanged).toBe(true);
    },
  );

  it.each(['mp4', 'mov'] as const)(
    'server 1.57 where the disk fills in the middle of adding subtitles to %s they lie beside it, and it is as it was',
    async (container) => {
      const { path, bytes } = await longSubtitles(root);
      // For the file that FFmpeg writes them into, and for half of them in the result.
      const said = await carried(path, container, 1.5 * bytes);
      expect(said.notices).toMatchObject([{ code: 'SUBTITLES_BESIDE', detail: { reason: full } }]);
      expect(said.files.sort()).toEqual([`result.${container}`, 'subtitles-1.srt']);
      expect(said.isUnchanged).toBe(true);
    },
  );

  it('server 1.58 where it fills in the middle of adding chapters the job stops with that code, and the MP4 is as it was', async () => {
    const { error, isUnchanged } = await carried(await longChapters(root), 'mp4', 8192);
    expect(error).toMatchObject(full);
    expect(isUnchanged).toBe(true);
  });
});
