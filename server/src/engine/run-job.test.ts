import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type JobSpec, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { decodeErrors, frameHashes, frameTimes, packets } from '../../../e2e/reference/index.ts';
import { adoptSegments } from './adopt-segments.ts';
import { Engine } from './engine.ts';
import { type RunJobOptions, runJob } from './run-job.ts';

const script = fileURLToPath(new URL('./run-once.testing.ts', import.meta.url));

const quick = (output: Partial<JobSpec['output']> = {}, trim?: JobSpec['trim']): JobSpec =>
  parseJobSpec({
    version: 1,
    ...(trim && { trim }),
    enhance: { model: 'anime4k-s-x2' },
    output: { container: 'mp4', codec: 'avc', segmentSeconds: 0.5, ...output },
  });

const stamps = async (path: string) =>
  (await frameTimes(path)).map(({ timestampSeconds }) => timestampSeconds);

describe('server 1. a job in Node', () => {
  let root: string;
  let folders = 0;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'clearreel-run-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  const newFolders = () => {
    const folder = join(root, String(folders++));
    return { workFolder: join(folder, 'work'), resultFolder: join(folder, 'result') };
  };

  function optionsFor(
    sourcePath: string,
    spec: JobSpec,
    change: Partial<RunJobOptions> = {},
  ): RunJobOptions {
    return {
      ...{ sourcePath, spec },
      ...newFolders(),
      sourceName: '../a video.mp4',
      providers: ['cpu'],
      signal: new AbortController().signal,
      onProgress: () => {},
      onSegment: async () => {},
      ...change,
    };
  }

  it('server 1.40 keeps every frame and its time, and copies the sound packet by packet', async () => {
    const source = await clip('real/bigbuckbunny');
    const trimmed = optionsFor(source, quick({}, { startSeconds: 1, endSeconds: 2 }));
    const told: { index: number; frameCount: number }[] = [];
    const { result, frameCount } = await runJob({
      ...trimmed,
      onSegment: async (segment) => void told.push(segment),
    });
    const path = join(trimmed.resultFolder, result.storedName);
    expect(await decodeErrors(path)).toEqual([]);
    expect(frameCount).toBe(25);
    expect(await stamps(path)).toEqual(Array.from({ length: 25 }, (_, n) => n / 25));
    expect(told.reduce((sum, segment) => sum + segment.frameCount, 0)).toBe(25);
    const original = new Set((await packets(source, 'a:0')).map(({ sha256 }) => sha256));
    const copied = await packets(path, 'a:0');
    expect(copied.length).toBeGreaterThan(40);
    expect(copied.every(({ sha256 }) => original.has(sha256))).toBe(true);
    expect(result.fileName).toBe('a video-clearreel.mp4');
    expect(await readdir(trimmed.resultFolder)).toEqual([result.storedName]);
  });

  it.each([
    ['mkv', 'hevc'],
    ['webm', 'vp9'],
    ['mp4', 'av1'],
    ['mov', 'hevc'],
  ] as const)('server 1.41 makes a whole %s with %s', async (container, codec) => {
    const source = await clip('real/bikes');
    const spec = quick({ container, codec }, { startSeconds: 2, endSeconds: 3 });
    const options = optionsFor(source, spec);
    const { result } = await runJob(options);
    const path = join(options.resultFolder, result.storedName);
    expect(await decodeErrors(path)).toEqual([]);
    expect(await frameTimes(path)).toHaveLength(25);
  });

  it('server 1.42 killed and begun again it gives the frames of an uninterrupted run', async () => {
    const source = await clip('real/bikes');
    const spec = quick({}, { startSeconds: 2, endSeconds: 4 });
    const killed = newFolders();
    const { workFolder, resultFolder } = killed;
    const args = [script, source, workFolder, resultFolder, JSON.stringify(spec)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    const redone: number[] = [];
    const resumed = await runJob({
      ...optionsFor(source, spec),
      ...killed,
      onSegment: async ({ index }) => void redone.push(index),
    });
    expect(redone).not.toContain(0);
    const whole = optionsFor(source, spec);
    const uninterrupted = await runJob(whole);
    const first = join(resultFolder, resumed.result.storedName);
    const second = join(whole.resultFolder, uninterrupted.result.storedName);
    expect(await frameTimes(first)).toEqual(await frameTimes(second));
    expect(await frameHashes(first)).toEqual(await frameHashes(second));
  });

  it('server 1.43 goes on from those of another attempt’s segments that it is given', async () => {
    const source = await clip('real/bikes');
    const spec = quick({}, { startSeconds: 2, endSeconds: 3 });
    const before = optionsFor(source, spec);
    await runJob(before);
    const after = optionsFor(source, spec);
    await adoptSegments(before.workFolder, after.workFolder, [0, 7]);
    await rm(before.workFolder, { recursive: true });
    const redone: number[] = [];
    const { frameCount } = await runJob({
      ...after,
      onSegment: async ({ index }) => void redone.push(index),
    });
    expect(redone).toEqual([1]);
    expect(frameCount).toBe(25);
  });

  it('server 1.44 ends when a segment may not be recorded, with the error that said so', async () => {
    const stale = new Error('stale');
    let calls = 0;
    const running = runJob(
      optionsFor(await clip('real/bikes'), quick({}, { endSeconds: 2 }), {
        onSegment: async () => {
          calls++;
          throw stale;
        },
      }),
    );
    await expect(running).rejects.toBe(stale);
    expect(calls).toBe(1);
  });

  it('server 1.45 a cancelled job says so, leaves no result, and nothing is held', async () => {
    const controller = new AbortController();
    const options = optionsFor(await clip('real/bikes'), quick({}, { endSeconds: 4 }), {
      signal: controller.signal,
      onSegment: async () => controller.abort(),
    });
    const engine = new Engine();
    await expect(engine.runJob(options)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(engine.unreleased).toEqual({ sources: 0, tiles: 0, pictures: 0 });
    expect(await readdir(options.resultFolder).catch(() => [])).toEqual([]);
    await engine.release();
  });

  it('server 1.46 an engine runs one job after another, and holds nothing between them', async () => {
    const engine = new Engine();
    for (const codec of ['avc', 'vp9'] as const) {
      const source = await clip('real/bikes');
      await engine.runJob(optionsFor(source, quick({ codec }, { endSeconds: 0.5 })));
      expect(engine.unreleased).toEqual({ sources: 0, tiles: 0, pictures: 0 });
    }
    await engine.release();
  });

  it.each([
    ['ten-bit', 'hevc', 'yuv420p10le', 'bt709'],
    ['hdr-pq', 'hevc', 'yuv420p10le', 'smpte2084'],
    ['hdr10-hevc', 'av1', 'yuv420p10le', 'smpte2084'],
    ['hdr-hlg', 'vp9', 'yuv420p10le', 'arib-std-b67'],
  ] as const)(
    'server 1.48 %s keeps its depth and colours in %s',
    async (name, codec, format, transfer) => {
      const options = optionsFor(await clip(name), quick({ codec }, { endSeconds: 0.4 }));
      const { result, notices } = await runJob(options);
      const path = join(options.resultFolder, result.storedName);
      expect(await decodeErrors(path)).toEqual([]);
      const probe = ['-v', 'error', '-select_streams', 'v', '-show_streams', '-of', 'json', path];
      const { stdout } = await promisify(execFile)('ffprobe', probe);
      const [stream] = JSON.parse(stdout).streams;
      expect([stream.pix_fmt, stream.color_transfer]).toEqual([format, transfer]);
      expect(notices.map(({ code }) => code)).not.toContain('BIT_DEPTH_REDUCED');
    },
  );

  it('server 1.47 what cannot come out right is refused before any work', async () => {
    const source = await clip('real/bikes');
    const noFrames = optionsFor(source, quick({}, { startSeconds: 100, endSeconds: 101 }));
    await expect(runJob(noFrames)).rejects.toMatchObject({ code: 'SPEC_INVALID' });
    const wrongCodec = optionsFor(source, quick({ container: 'webm' }));
    await expect(runJob(wrongCodec)).rejects.toMatchObject({ code: 'CONTAINER_CODEC' });
    const gone = optionsFor(join(root, 'nothing.mp4'), quick());
    await expect(runJob(gone)).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  });
});
