import { expect, test } from 'vitest';
import { clipFile } from './clips.test-kit.ts';
import { FfmpegRuntime, type WorkOptions } from './ffmpeg-runtime.ts';

const work = (signal = new AbortController().signal): WorkOptions => ({
  stage: 'testing',
  code: 'DECODER_FAILED',
  inputs: [],
  signal,
});

const encode = (codec: string) => [
  ...['-f', 'lavfi', '-i', 'testsrc2=s=96x64:d=0.2', '-c:v', codec, '-f', 'matroska', '/out/a.mkv'],
];

const works = (runtime: FfmpegRuntime) =>
  runtime.run(work(), async ({ call }) => {
    await call('ffmpeg', encode('mpeg4'));
    return 'done';
  });

test('8.8 a core that crashed is told and replaced', async () => {
  const runtime = new FfmpegRuntime();
  // libvpx-vp9 of this core always runs out of its memory.
  const crash = runtime.run(work(), ({ call }) => call('ffmpeg', encode('libvpx-vp9')));
  await expect(crash).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
  expect(await works(runtime)).toBe('done');
  runtime.dispose();
});

test('8.8 a call without a sign of life ends, and the next one works', async () => {
  const runtime = new FfmpegRuntime({ stallSeconds: 15 });
  // x265 waits for threads that this core does not have.
  const stall = runtime.run(work(), ({ call }) => call('ffmpeg', encode('libx265')));
  await expect(stall).rejects.toMatchObject({
    code: 'STAGE_STALLED',
    detail: { stage: 'testing', seconds: 15 },
  });
  expect(await works(runtime)).toBe('done');
  runtime.dispose();
});

test('8.8 calls queue, and an abort ends only its own', async () => {
  const runtime = new FfmpegRuntime();
  const abort = new AbortController();
  const first = runtime.run(work(abort.signal), ({ call }) => call('ffmpeg', encode('libx265')));
  const second = works(runtime);
  setTimeout(() => abort.abort(new Error('enough')), 1500);
  await expect(first).rejects.toThrow('enough');
  expect(await second).toBe('done');
  runtime.dispose();
});

test('8.8 a core is replaced after a number of runs and goes on', async () => {
  const runtime = new FfmpegRuntime({ worksBeforeRestart: 2 });
  for (let run = 0; run < 5; run++) expect(await works(runtime)).toBe('done');
  runtime.dispose();
  await expect(works(runtime)).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('8.8 a failure carries ffmpeg’s own words', async () => {
  const runtime = new FfmpegRuntime();
  const blob = new Blob([new Uint8Array(4000).fill(7)]);
  const options = { ...work(), inputs: [{ blob, name: 'a.mp4' }] };
  const failing = runtime.run(options, ({ call, inputs: [path = ''] }) =>
    call('ffmpeg', ['-i', path, '/out/a.mkv']),
  );
  await expect(failing).rejects.toMatchObject({
    code: 'DECODER_FAILED',
    detail: { reason: expect.stringMatching(/invalid|moov|not found/i) },
  });
  const clip = await clipFile('plain-h264');
  const good = { ...work(), inputs: [{ blob: clip, name: clip.name }] };
  await runtime.run(good, ({ call, inputs: [path = ''] }) =>
    call('ffmpeg', ['-i', path, '-frames:v', '1', '-f', 'null', '-']),
  );
  runtime.dispose();
});
