import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { program, runIn, startIn } from './cli.test-kit.ts';
import { deliver } from './output-file.ts';

/** Runs a command on a terminal of its own, and ends as it does. */
const inTerminal = ['--quiet', '--return', '--command'];
const hasTerminal = spawnSync('script', [...inTerminal, 'true', '/dev/null']).status === 0;

describe('server 2. a result that cannot be where it was wanted', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-cli-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const plain = ['--model', 'none', '--factor', '1', '--provider', 'cpu'];

  it('server 2.36 what was saved beside it goes again where somebody has made OUTPUT meanwhile', async () => {
    const child = startIn(folder, ['enhance', '-', 'o.mp4', ...plain]);
    const said = text(child.stderr as NodeJS.ReadableStream);
    // OUTPUT has been looked at by now, and the source is waited for.
    await expect.poll(() => readdir(folder)).toHaveLength(1);
    await writeFile(join(folder, 'o.mp4'), 'mine');
    createReadStream(await clip('everything-mkv')).pipe(child.stdin as NodeJS.WritableStream);
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(await said).toMatch(/^o\.mp4 exists already/);
    expect(await readdir(folder)).toEqual(['o.mp4']);
    expect(await readFile(join(folder, 'o.mp4'), 'utf8')).toBe('mine');
  });

  it('server 2.37 with --force too, but what was there before stays', async () => {
    const made = join(folder, 'made');
    await mkdir(made);
    for (const name of ['result.mp4', '1.srt', '2.srt']) await writeFile(join(made, name), name);
    await writeFile(join(folder, 'o.1.srt'), 'older');
    await mkdir(join(folder, 'o.mp4'));
    const sideFiles = ['1.srt', '2.srt'].map((name) => ({
      storedName: name,
      fileName: `in-clearreel.${name}`,
    }));
    const result = { storedName: 'result.mp4', fileName: 'in-clearreel.mp4', sideFiles };
    const delivering = deliver(result, made, join(folder, 'o.mp4'), true);
    await expect(delivering).rejects.toMatchObject({ code: 'STORAGE_DENIED' });
    expect((await readdir(folder)).sort()).toEqual(['made', 'o.1.srt', 'o.mp4']);
  });

  it.skipIf(!existsSync('/dev/full'))(
    'server 2.38 where what standard output goes to is full it fails with that code, and was not interrupted',
    async () => {
      await using full = await open('/dev/full', 'w');
      const args = [program, 'enhance', await clip('tiny'), '-', ...plain];
      const child = spawn(process.execPath, args, { stdio: ['ignore', full.fd, 'pipe'] });
      const said = text(child.stderr as NodeJS.ReadableStream);
      expect(await once(child, 'exit')).toEqual([1, null]);
      expect(await said).toMatch(/\(STORAGE_FULL\)\n$/);
    },
  );

  it.skipIf(!hasTerminal)('server 2.40 a terminal is not filled with the bytes of a video', () => {
    const call = `"${process.execPath}" "${program}" enhance in.mp4 -`;
    const { status, stdout } = spawnSync('script', [...inTerminal, call, '/dev/null']);
    expect([status, stdout.toString()]).toEqual([2, expect.stringContaining('OUTPUT -')]);
  });

  it('server 2.41 OUTPUT may be called as long as files can be', async () => {
    const output = `${'ü'.repeat(125)}x.mp4`;
    const { status } = await runIn(folder, ['enhance', await clip('tiny'), output, ...plain]);
    expect([status, await readdir(folder)]).toEqual([0, [output]]);
  });

  it('server 2.39 an OUTPUT below what is no folder is said to be so', async () => {
    const args = ['enhance', await clip('tiny'), `${await clip('tiny')}/o.mp4`, ...plain];
    const { status, stderr } = await runIn(folder, args);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/\(STORAGE_DENIED\)\n$/)]);
  });
});
