import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { unzipped } from '../../../e2e/clips/zip.ts';
import { ffmpeg } from '../../../e2e/reference/ffmpeg.ts';
import { decodeErrors, frameHashes, frameTimes, probeVideo } from '../../../e2e/reference/index.ts';
import { linesOf, program, runIn, startIn, stored } from './cli.test-kit.ts';

describe('server 2. the command line', () => {
  let root: string;
  let folder: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'clearreel-cli-'));
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(root, 'test-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  const start = (args: readonly string[]) => startIn(folder, args);
  const run = (...args: readonly string[]) => runIn(folder, args);

  const quick = ['--model', 'anime4k-s-x2', '--provider', 'cpu'];

  it('server 2.1 without options it makes what the app proposes: twice as large, by the default model', async () => {
    const source = await clip('tiny');
    const { status, stderr } = await run('enhance', source, 'out.mp4', '--provider', 'cpu');
    expect(stderr).toMatch(/^out\.mp4: \d+ frames, /);
    expect(status).toBe(0);
    const [before, after] = [await probeVideo(source), await probeVideo(join(folder, 'out.mp4'))];
    expect([after.width, after.height]).toEqual([2 * before.width, 2 * before.height]);
    expect(await frameTimes(join(folder, 'out.mp4'))).toHaveLength(
      (await frameTimes(source)).length,
    );
    expect(await readdir(folder)).toEqual(['out.mp4']);
  });

  it('server 2.2 options and the name of OUTPUT change the job', async () => {
    const args = ['--size', '400x', '--codec', 'hevc', '--trim', '0:02-3', '--quality', '60'];
    const { status } = await run('enhance', await clip('real/bikes'), 'o.mkv', ...quick, ...args);
    expect(status).toBe(0);
    const path = join(folder, 'o.mkv');
    const { codec, width } = await probeVideo(path);
    expect([codec, width]).toEqual(['hevc', 400]);
    expect(await frameTimes(path)).toHaveLength(25);
    expect(await decodeErrors(path)).toEqual([]);
  });

  it('server 2.3 a specification comes as JSON or in a file', async () => {
    const spec = JSON.stringify({
      version: 1,
      trim: { endSeconds: 0.2 },
      enhance: { model: 'none', target: { kind: 'factor', factor: 1 } },
      output: { container: 'webm', codec: 'vp9' },
    });
    await writeFile(join(folder, 'spec.json'), spec);
    const source = await clip('real/bikes');
    for (const given of [spec, 'spec.json']) {
      const { status } = await run('enhance', source, 'o.webm', '--spec', given, '--force');
      expect(status).toBe(0);
      expect(await frameTimes(join(folder, 'o.webm'))).toHaveLength(5);
    }
  });

  it('server 2.4 --json says progress and the end, one object a line', async () => {
    const source = await clip('tiny');
    const { status, stdout } = await run('enhance', source, 'o.mp4', ...quick, '--json');
    expect(status).toBe(0);
    const lines = linesOf(stdout.toString());
    expect(lines.some(({ event }) => event === 'progress')).toBe(true);
    expect(lines.at(-1)).toMatchObject({ event: 'done', output: 'o.mp4' });
  });

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'server 2.5 ended by %s it goes on where it was, and gives the same',
    async (signal) => {
      const source = await clip('real/bikes');
      const spec = JSON.stringify({
        version: 1,
        trim: { endSeconds: 1.5 },
        enhance: { model: 'anime4k-s-x2' },
        output: { container: 'mp4', codec: 'avc', segmentSeconds: 0.5 },
      });
      const args = ['enhance', source, 'o.mp4', '--spec', spec, '--provider', 'cpu', '--json'];
      const child = start(args);
      await stored(child);
      const closed = once(child, 'exit');
      child.kill(signal);
      const [status] = await closed;
      expect(status).toBe(signal === 'SIGINT' ? 130 : null);
      expect(existsSync(join(folder, 'o.mp4'))).toBe(false);
      const again = await run(...args);
      expect(again.status).toBe(0);
      const lines = linesOf(again.stdout.toString());
      expect(lines[0]?.event).toBe('resumed');
      expect(lines.find(({ event }) => event === 'progress')?.segmentsDone).toBeGreaterThan(0);
      expect(await readdir(folder)).toEqual(['o.mp4']);
      await run('enhance', source, 'whole.mp4', ...args.slice(3));
      expect(await frameHashes(join(folder, 'o.mp4'))).toEqual(
        await frameHashes(join(folder, 'whole.mp4')),
      );
    },
  );

  it('server 2.6 reads standard input and writes standard output', async () => {
    const child = start([
      'enhance',
      '-',
      '-',
      '--model',
      'none',
      '--factor',
      '1',
      '--provider',
      'cpu',
    ]);
    createReadStream(await clip('tiny')).pipe(child.stdin as NodeJS.WritableStream);
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout ?? []) chunks.push(chunk);
    await writeFile(join(folder, 'o.mkv'), Buffer.concat(chunks));
    expect(await frameTimes(join(folder, 'o.mkv'))).toHaveLength(
      (await frameTimes(await clip('tiny'))).length,
    );
  });

  it('server 2.7 never overwrites unasked', async () => {
    await writeFile(join(folder, 'o.mp4'), 'mine');
    const source = await clip('tiny');
    const refused = await run('enhance', source, 'o.mp4', ...quick);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('--force')]);
    expect(await readFile(join(folder, 'o.mp4'), 'utf8')).toBe('mine');
    expect((await run('enhance', source, 'o.mp4', ...quick, '--force')).status).toBe(0);
    expect(await decodeErrors(join(folder, 'o.mp4'))).toEqual([]);
  });

  it.each([
    ['no command', ['sharpen']],
    ['no output', ['enhance', 'in.mp4']],
    ['no such option', ['enhance', 'in.mp4', 'out.mp4', '--sharper']],
    ['no such option of bench', ['bench', '--faster']],
    ['no such file', ['enhance', 'in.mp4', 'out.mp4']],
    ['no such provider', ['enhance', 'in.mp4', 'out.mp4', '--provider', 'abacus']],
    ['two sizes', ['enhance', 'CLIP', 'out.mp4', '--factor', '2', '--box', '1080p']],
    ['a file type that is none', ['enhance', 'CLIP', 'out.avi']],
    ['a quality past 100', ['enhance', 'CLIP', 'out.mp4', '--quality', '101']],
    ['a rate for a video', ['enhance', 'CLIP', 'out.mp4', '--fps', '24']],
    ['a rate past 240', ['enhance', 'PICTURES', 'out.mp4', '--fps', '1000']],
    ['no such model', ['enhance', 'CLIP', 'out.mp4', '--model', 'none-such']],
    ['a codec that OUTPUT cannot hold', ['enhance', 'CLIP', 'out.webm', '--codec', 'avc']],
    ['a result past all sizes', ['enhance', 'CLIP', 'out.mp4', '--size', '16384x16384']],
    ['HDR in a codec that cannot keep it', ['enhance', 'HDR', 'out.mp4', '--codec', 'avc']],
    ['whole pictures of pictures', ['enhance', 'PICTURES', 'out.mp4', '--deinterlace']],
    ['a file type that no pipe takes', ['enhance', 'CLIP', '-', '--container', 'mp4']],
  ])('server 2.8 %s ends with 2, a sentence, and nothing left behind', async (_, args) => {
    const named = new Map([
      ['CLIP', await clip('tiny')],
      ['PICTURES', await clip('pictures-png')],
      ['HDR', await clip('hdr-pq')],
    ]);
    const { status, stderr } = await run(...args.map((each) => named.get(each) ?? each));
    expect(status).toBe(2);
    expect(stderr).toMatch(/\w+ \w+/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await readdir(folder)).toEqual([]);
  });

  it('server 2.9 a failure ends with 1, the sentence, what to do, and its code', async () => {
    await writeFile(join(folder, 'in.mp4'), 'not a video');
    const failed = await run('enhance', 'in.mp4', 'o.mp4');
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(/not a video that can be read.*\(SOURCE_UNREADABLE\)\n$/);
    const asJson = await run('enhance', 'in.mp4', 'o.mp4', '--json');
    expect(linesOf(asJson.stdout.toString())).toMatchObject([
      { event: 'error', code: 'SOURCE_UNREADABLE' },
    ]);
    expect(await readdir(folder)).toEqual(['in.mp4']);
  });

  it('server 2.10 lists the models', async () => {
    const { stdout } = await run('models', '--json');
    expect(linesOf(stdout.toString()).map(({ id }) => id)).toContain('reel-x2');
  });

  it('server 2.11 serves the page and its API until it is told to end', async () => {
    const server = spawn(process.execPath, [program, 'serve', '--port', '0'], {
      cwd: folder,
      env: { ...process.env, CLEARREEL_DATA: join(folder, 'data'), CLEARREEL_LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(server.stdout, 'data');
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(said)) ?? [];
    const { status } = await fetch(`${address}/api/v1/system`);
    expect(status).toBe(200);
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  it('server 2.13 makes a video of the pictures of a folder, a ZIP or what the page packs, at the rate that is asked for', async () => {
    const folderOfPictures = join(await unzipped(await clip('pictures-png')), 'Reel');
    const plain = ['--model', 'none', '--factor', '2', '--provider', 'cpu', '--force'];
    const hashes: string[][] = [];
    for (const input of [
      folderOfPictures,
      await clip('pictures-png'),
      await clip('pictures-packed'),
    ]) {
      const { status, stderr } = await run('enhance', input, 'o.mp4', ...plain, '--fps', '24');
      expect([status, stderr]).toEqual([0, expect.stringMatching(/^o\.mp4: 12 frames, /)]);
      const path = join(folder, 'o.mp4');
      const { width, height, frameRate } = await probeVideo(path);
      expect([width, height, frameRate]).toEqual([192, 108, '24/1']);
      hashes.push(await frameHashes(path));
    }
    expect(hashes[1]).toEqual(hashes[0]);
    expect(hashes[2]).toEqual(hashes[0]);
    expect(await readdir(folder)).toEqual(['o.mp4']);
    await rm(folderOfPictures, { recursive: true });
  });

  it('server 2.12 is a bin of the workspace, which any Node runs', async () => {
    const bin = fileURLToPath(new URL('../../../scripts/clearreel.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [bin, 'models', '--json']);
    expect(linesOf(stdout.slice(stdout.indexOf('{'))).map(({ id }) => id)).toContain('reel-x2');
    const { bin: bins } = JSON.parse(
      await readFile(new URL('../../../package.json', import.meta.url), 'utf8'),
    );
    expect(bins).toEqual({ clearreel: 'scripts/clearreel.mjs' });
  });

  it('server 2.19 never overwrites its source, nor what is no file, whatever it is told', async () => {
    const source = await readFile(await clip('tiny'));
    await writeFile(join(folder, 'in.mp4'), source);
    await link(join(folder, 'in.mp4'), join(folder, 'same.mp4'));
    await mkdir(join(folder, 'folder.mp4'));
    for (const output of ['in.mp4', './in.mp4', 'same.mp4', 'folder.mp4', 'none.mp4/']) {
      const { status, stderr } = await run('enhance', 'in.mp4', output, ...quick, '--force');
      expect([status, stderr]).toEqual([2, expect.stringMatching(/the source itself|not a file/)]);
    }
    expect(await readFile(join(folder, 'in.mp4'))).toEqual(source);
    expect(await readdir(folder)).toEqual(['folder.mp4', 'in.mp4', 'same.mp4']);
  });

  it('server 2.14 makes the folder of OUTPUT, and leaves none behind where it failed', async () => {
    const none = ['--model', 'none', '--factor', '1', '--provider', 'cpu'];
    const source = await clip('tiny');
    await writeFile(join(root, 'broken.mp4'), 'not a video');
    const failed = await run('enhance', join(root, 'broken.mp4'), 'a/b/o.mp4');
    expect([failed.status, await readdir(folder)]).toEqual([1, []]);
    expect((await run('enhance', source, 'a/b/o.mp4', ...none)).status).toBe(0);
    expect(await readdir(join(folder, 'a/b'))).toEqual(['o.mp4']);
  });

  it('server 2.15 standard input becomes a file by way of its own folder, and leaves no parts', async () => {
    const args = ['enhance', '-', 'a/o.mkv', '--model', 'none', '--factor', '1'];
    const child = start([...args, '--provider', 'cpu']);
    createReadStream(await clip('tiny')).pipe(child.stdin as NodeJS.WritableStream);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await readdir(join(folder, 'a'))).toEqual(['o.mkv']);
  });

  it('server 2.16 what lies beside a result overwrites nothing unasked either', async () => {
    await writeFile(join(folder, 'o.3.eng.forced.ass'), 'mine');
    const args = ['--model', 'none', '--factor', '1', '--provider', 'cpu'];
    const source = await clip('everything-mkv');
    const refused = await run('enhance', source, 'o.mp4', ...args);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('--force')]);
    expect(await readFile(join(folder, 'o.3.eng.forced.ass'), 'utf8')).toBe('mine');
    const forced = await run('enhance', source, 'o.mp4', ...args, '--force', '--json');
    expect(linesOf(forced.stdout.toString())[0]?.event).toBe('resumed');
    expect(await readdir(folder)).toEqual(['o.3.eng.forced.ass', 'o.mp4']);
  });

  it('server 2.17 says that it goes on only where it does', async () => {
    const source = await clip('real/bikes');
    const other = ['enhance', source, 'o.mp4', '--model', 'none', '--trim', '0-1'];
    const spec = { version: 1, enhance: { model: 'none' }, output: { container: 'mp4' } };
    const output = { ...spec.output, codec: 'avc', segmentSeconds: 0.5 };
    const child = start([
      'enhance',
      source,
      'o.mp4',
      '--json',
      '--spec',
      JSON.stringify({ ...spec, output }),
    ]);
    await stored(child);
    const closed = once(child, 'exit');
    child.kill('SIGKILL');
    await closed;
    const { status, stdout } = await run(...other, '--provider', 'cpu', '--json');
    expect(status).toBe(0);
    expect(linesOf(stdout.toString()).map(({ event }) => event)).not.toContain('resumed');
  });

  it('server 2.27 a link to nothing is not overwritten unasked, before any work', async () => {
    await symlink('nowhere.mp4', join(folder, 'o.mp4'));
    const { status, stderr } = await run('enhance', await clip('tiny'), 'o.mp4', ...quick);
    expect([status, stderr]).toEqual([2, expect.stringContaining('--force')]);
  });

  it('server 2.28 a stream of JPEG pictures through standard input is a video', async () => {
    const args = ['-i', await clip('tiny'), '-c:v', 'mjpeg', '-f', 'mjpeg', '-'];
    await writeFile(join(folder, 'stream'), await ffmpeg(args));
    const none = ['--model', 'none', '--factor', '1', '--provider', 'cpu'];
    const child = start(['enhance', '-', 'o.mkv', ...none]);
    createReadStream(join(folder, 'stream')).pipe(child.stdin as NodeJS.WritableStream);
    expect(await once(child, 'exit')).toEqual([0, null]);
    const frames = (await frameTimes(await clip('tiny'))).length;
    expect(await frameTimes(join(folder, 'o.mkv'))).toHaveLength(frames);
  });

  it('server 2.29 interrupted before anything is kept it does not promise to go on', async () => {
    const child = start(['enhance', await clip('real/bikes'), 'o.mp4', ...quick, '--json']);
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      // Once: a signal that comes while Node is ending finds no handler any more, and kills.
      if (text.includes('"progress"') && !child.killed) child.kill('SIGINT');
    });
    expect(await once(child, 'close')).toEqual([130, null]);
    const last = linesOf(text).at(-1);
    expect(last?.event).toBe('interrupted');
    const isKept = (await readdir(folder)).length > 0;
    expect(/goes on/.test(String(last?.message))).toBe(isKept);
  });

  it('server 2.18 ends quietly when nobody reads on', async () => {
    const child = start(['models']);
    child.stdout?.destroy();
    let stderr = '';
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stderr).toBe('');
  });
});
