import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JobSpec, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { runTool } from '../../../e2e/reference/ffmpeg.ts';
import {
  decodeErrors,
  frameTimes,
  probe,
  psnr,
  subtitlesOf,
} from '../../../e2e/reference/index.ts';
import { runJob } from './run-job.ts';

let root = '';
let jobs = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'clearreel-foreign-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A job that changes nothing but the coding, as near to lossless as it gets. */
async function run(
  sourcePath: string,
  output: Partial<JobSpec['output']>,
  input?: JobSpec['input'],
) {
  const folder = join(root, String(jobs++));
  const spec = parseJobSpec({
    version: 1,
    ...(input && { input }),
    enhance: { model: 'none', target: { kind: 'factor', factor: 1 } },
    output: { container: 'mp4', codec: 'hevc', quality: 100, ...output },
  });
  const finished = await runJob({
    ...{ sourcePath, spec, sourceName: 'a video' },
    ...{ workFolder: join(folder, 'work'), resultFolder: join(folder, 'result') },
    providers: ['cpu'],
    signal: new AbortController().signal,
    onProgress: () => {},
    onSegment: async () => {},
  });
  return { ...finished, path: join(folder, 'result', finished.result.storedName) };
}

const wide = { primaries: 'bt2020', matrix: 'bt2020nc', range: 'tv' };

/** By name, as ffprobe reads them of the stream and of its first frame; coordinates to the unit that they are stored in. */
async function toldDisplays(path: string): Promise<ReadonlyMap<string, string>> {
  const shown = ['-show_frames', '-show_streams', '-read_intervals', '%+#1', '-of', 'json'];
  const args = ['-v', 'error', '-select_streams', 'v', ...shown, path];
  const report = (await runTool('ffprobe', args)).stdout.toString();
  const named = /"((?:red|green|blue|white_point|min|max)_\w+)": "?(\d+)(?:\/(\d+))?"?/g;
  const values = [...report.matchAll(named)].map(
    ([, name = '', over, under = '1']) =>
      [name, (Number(over) / Number(under)).toFixed(4)] as const,
  );
  expect(new Set(values.map(([name]) => name)).size).toBe(12);
  return new Map(values.sort());
}

describe('server 1.18 ten bits and HDR stay in the result', () => {
  test.each([
    ['hdr10-hevc', 'mkv', 'hevc', { ...wide, transfer: 'smpte2084' }],
    ['hdr10-hevc', 'mp4', 'av1', { ...wide, transfer: 'smpte2084' }],
    ['hdr-pq', 'mp4', 'hevc', { ...wide, transfer: 'smpte2084' }],
    ['hdr-pq', 'mp4', 'vp9', { ...wide, transfer: 'smpte2084' }],
    ['hdr-hlg', 'mkv', 'vp9', { ...wide, transfer: 'arib-std-b67' }],
    [
      'ten-bit',
      'webm',
      'vp9',
      { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' },
    ],
  ] as const)('%s in %s with %s', async (name, container, codec, colour) => {
    const source = await clip(name);
    const { path, notices } = await run(source, { container, codec });
    const [video] = (await probe(path)).video;
    expect(video).toMatchObject({ pixelFormat: 'yuv420p10le', colour });
    expect((await psnr(path, source)).mean).toBeGreaterThan(45);

    expect(notices).toEqual([]);
    expect(await decodeErrors(path)).toEqual([]);
  });

  test.each([
    ['mkv', 'hevc'],
    ['mp4', 'av1'],
    ['mkv', 'vp9'],
    ['mp4', 'vp9'],
    ['mov', 'vp9'],
  ] as const)('what HDR displays are told, in %s with %s', async (container, codec) => {
    const source = await clip('hdr10-hevc');
    const { path } = await run(source, { container, codec });
    expect(await toldDisplays(path)).toEqual(await toldDisplays(source));
  });

  test('H.264 keeps 8 bits, and says so', async () => {
    const { path, notices } = await run(await clip('ten-bit'), { codec: 'avc' });
    expect((await probe(path)).video).toMatchObject([{ pixelFormat: 'yuv420p' }]);
    expect(notices.map(({ code }) => code)).toContain('BIT_DEPTH_REDUCED');
  });
});

describe('server 1.19 what no browser opens is enhanced whole', () => {
  test.each([
    ['xvid-avi', ['mp3']],
    ['mpeg2-ps', ['flac']],
    ['prores-mov', ['pcm_s16le']],
    ['wmv', ['flac']],
    ['flv', ['mp3']],
    ['mpeg4-mp4', ['aac']],
  ])('%s: every frame with its time, and its sound', async (name, sounds) => {
    const source = await clip(name);
    const { path, facts } = await run(source, { container: 'mkv' });
    const wanted = await frameTimes(source);
    const found = await frameTimes(path);
    expect(found).toHaveLength(wanted.length);
    const origin = facts.originSeconds ?? 0;
    for (const [position, { timestampSeconds }] of wanted.entries()) {
      if (Number.isNaN(timestampSeconds)) continue;
      expect(found[position]?.timestampSeconds).toBeCloseTo(timestampSeconds - origin, 2);
    }
    expect((await probe(path)).audio.map(({ codec }) => codec)).toEqual(sounds);
    expect(await decodeErrors(path)).toEqual([]);
  });

  test('interlaced MPEG-2 as whole pictures', async () => {
    const source = await clip('interlaced-mpeg2');
    const { path, notices } = await run(source, {}, { deinterlace: true });
    expect(await frameTimes(path)).toHaveLength((await frameTimes(source)).length);
    expect((await probe(path)).video).toMatchObject([
      { fieldOrder: expect.stringMatching(/progressive|unknown/) },
    ]);
    expect(notices).toEqual([]);
  });
});

test.each(['mkv', 'mp4'] as const)(
  'server 1.20 subtitles and chapters are inside the %s of a whole job',
  async (container) => {
    const source = await clip('everything-mkv');
    const { path } = await run(source, { container });
    const [wanted, found] = [await subtitlesOf(source), await subtitlesOf(path)];
    expect(found.map(({ cues }) => cues.length)).toEqual(wanted.map(({ cues }) => cues.length));
    expect((await probe(path)).chapters.map(({ title }) => title)).toEqual([
      'First half',
      'Second half',
    ]);
    expect(await frameTimes(path)).toHaveLength(75);
  },
);
