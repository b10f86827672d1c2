import { once } from 'node:events';
import { copyFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { unzipped } from '../../../e2e/clips/zip.ts';
import { frameHashes, probeVideo } from '../../../e2e/reference/index.ts';
import { linesOf, runIn, startIn, stored } from './cli.test-kit.ts';
import { sourcePathOf } from './inputs.ts';
import { UsageError } from './usage.ts';

describe('server 2. pictures on the command line', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-cli-'));
    const reel = await unzipped(await clip('pictures-png'));
    await cp(join(reel, 'Reel'), join(folder, 'reel'), { recursive: true });
    await rm(reel, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = (...args: readonly string[]) => runIn(folder, args);
  const plain = ['--model', 'none', '--factor', '2', '--provider', 'cpu'];

  /** As a shell lists them: 1, 10, 11, 12, 2. */
  const listed = async (inside: string) =>
    (await readdir(join(folder, inside)))
      .filter((name) => name.endsWith('.png'))
      .sort()
      .map((name) => join(inside, name));

  it('server 2.30 pictures named one by one, in whatever order, are the video that their folder is', async () => {
    const pictures = await listed('reel');
    const whole = await run('enhance', 'reel', 'whole.mp4', ...plain, '--fps', '24');
    expect(whole.status).toBe(0);
    for (const inputs of [pictures, pictures.toReversed()]) {
      const args = [...inputs, 'o.mp4', ...plain, '--fps', '24', '--force'];
      const { status, stderr } = await run('enhance', ...args);
      expect([status, stderr]).toEqual([0, expect.stringMatching(/^o\.mp4: 12 frames, /)]);
      expect((await probeVideo(join(folder, 'o.mp4'))).frameRate).toBe('24/1');
      expect(await frameHashes(join(folder, 'o.mp4'))).toEqual(
        await frameHashes(join(folder, 'whole.mp4')),
      );
    }
    expect((await readdir(folder)).sort()).toEqual(['o.mp4', 'reel', 'whole.mp4']);
  });

  it.each([
    ['a file that is not there', ['reel/shot_1.png', 'reel/shot_99.png'], 'reel/shot_99.png'],
    ['a video', ['reel/shot_1.png', 'tiny.mp4'], 'tiny.mp4'],
    ['a text', ['reel/notes.txt', 'reel/shot_1.png'], 'reel/notes.txt'],
    ['a folder', ['reel', 'reel/shot_1.png'], 'reel'],
    ['standard input', ['-', 'reel/shot_1.png'], '-'],
    ['one name in two folders', ['reel/shot_1.png', 'b/shot_1.png'], '/b/shot_1.png have one name'],
    ['a picture twice', ['reel/shot_1.png', './reel/shot_1.png'], './reel/shot_1.png'],
  ])('server 2.31 %s among several INPUTs is named and refused', async (_, inputs, named) => {
    await copyFile(await clip('tiny'), join(folder, 'tiny.mp4'));
    await mkdir(join(folder, 'b'));
    await copyFile(join(folder, 'reel/shot_1.png'), join(folder, 'b/shot_1.png'));
    const paths = inputs.map((input) => (input === '-' ? input : `${folder}/${input}`));
    const refused = expect(sourcePathOf(paths)).rejects;
    await refused.toThrow(UsageError);
    await refused.toThrow(named);
  });

  it('server 2.32 where OUTPUT was forgotten no picture is taken for it, whatever is told', async () => {
    const pictures = await listed('reel');
    const told = ['--force', '--container', 'mp4'];
    const { status, stderr } = await run('enhance', ...pictures, ...plain, ...told);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^OUTPUT .*shot_9\.png/)]);
    expect(await listed('reel')).toEqual(pictures);
  });

  it('server 2.33 interrupted with pictures it goes on where it was, in whatever order they are named', async () => {
    const pictures = await listed('reel');
    for (const [position, path] of pictures.entries()) {
      for (let copy = 1; copy < 5; copy++) {
        await copyFile(
          join(folder, path),
          join(folder, 'reel', `more_${12 * copy + position}.png`),
        );
      }
    }
    const all = await listed('reel');
    const spec = JSON.stringify({
      version: 1,
      enhance: { model: 'anime4k-s-x2' },
      output: { container: 'mp4', codec: 'avc', segmentSeconds: 0.2 },
    });
    const more = ['o.mp4', '--spec', spec, '--provider', 'cpu', '--json'];
    const child = startIn(folder, ['enhance', ...all, ...more]);
    await stored(child);
    const closed = once(child, 'exit');
    child.kill('SIGINT');
    expect(await closed).toEqual([130, null]);
    const again = await run('enhance', ...all.toReversed(), ...more);
    expect([again.status, linesOf(again.stdout)[0]?.event]).toEqual([0, 'resumed']);
    expect(linesOf(again.stdout).at(-1)).toMatchObject({ event: 'done', frames: 60 });
    expect((await readdir(folder)).sort()).toEqual(['o.mp4', 'reel']);
  });

  it('server 2.34 one picture alone is refused with 1 and what to do instead', async () => {
    const { status, stderr } = await run('enhance', 'reel/shot_1.png', 'o.mp4', ...plain);
    const said = /single picture.*all pictures.*\(SOURCE_SINGLE_PICTURE\)\n$/;
    expect([status, stderr]).toEqual([1, expect.stringMatching(said)]);
    expect(await readdir(folder)).toEqual(['reel']);
  });

  it('server 2.35 a damaged picture that is named keeps its place, as in a folder', async () => {
    await writeFile(join(folder, 'reel/shot_5.png'), 'damaged');
    const { status, stderr } = await run('enhance', ...(await listed('reel')), 'o.mp4', ...plain);
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/^Note: 1 of 12 frames .*\no\.mp4: 11 frames, /s),
    ]);
  });
});
