import { readFile, stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { boxAt } from '../clips/mp4-boxes.ts';
import { runTool } from '../reference/ffmpeg.ts';
import { decodeErrors, frameTimes, packets, probe } from '../reference/index.ts';
import { fault } from './index.ts';

async function lastVideoSecond(name: string): Promise<number> {
  return (await packets(await fault(name), 'v:0')).at(-1)?.timestampSeconds ?? 0;
}

describe('faults', () => {
  test('empty has no byte', async () => {
    expect((await stat(await fault('empty'))).size).toBe(0);
  });

  test.each(['empty', 'text-as-mp4', 'noise-as-mp4', 'zip-as-mkv', 'truncated-index'])(
    '%s is no readable media file',
    async (name) => {
      await expect(probe(await fault(name))).rejects.toThrow(/Invalid data/);
    },
  );

  test('zip-as-mkv is a whole zip archive', async () => {
    const list = ['-m', 'zipfile', '--test', await fault('zip-as-mkv')];
    expect((await runTool('python3', list)).exitCode).toBe(0);
  });

  test('truncated lists more frames than it has', async () => {
    const found = await packets(await fault('truncated'), 'v:0');
    expect((await probe(await fault('truncated'))).durationSeconds).toBeCloseTo(3, 1);
    expect(found.length).toBeLessThan(45);
  });

  test.each(['truncated-fragmented', 'truncated-webm'])('%s ends half way', async (name) => {
    expect(await lastVideoSecond(name)).toBeLessThan(2.1);
    expect(await lastVideoSecond(name)).toBeGreaterThan(1);
  });

  test('damaged has a whole index, whole key frames and unreadable frames between', async () => {
    const path = await fault('damaged');
    const bytes = await readFile(path);
    const video = await packets(path, 'v:0');
    const overwritten = video.flatMap(({ position, bytes: size }, index) =>
      bytes.subarray(position, position + size).every((byte) => byte === 0xff) ? [index] : [],
    );
    expect(overwritten).toEqual(Array.from({ length: 15 }, (_, index) => 30 + index));
    expect(video.flatMap(({ keyFrame }, index) => (keyFrame ? [index] : []))).toEqual([0, 25, 50]);
    expect((await frameTimes(path)).length).toBeLessThan(75);
  });

  test('damaged-webm loses packets in its middle and goes on after it', async () => {
    const video = await packets(await fault('damaged-webm'), 'v:0');
    expect(video.length).toBeLessThan(75);
    expect(await lastVideoSecond('damaged-webm')).toBeGreaterThan(2.9);
  });

  test('encrypted says that its video is encrypted', async () => {
    const bytes = await readFile(await fault('encrypted'));
    expect(boxAt(bytes, 'moov/trak/mdia/minf/stbl/stsd/encv').start).toBeGreaterThan(0);
    expect(await decodeErrors(await fault('encrypted'))).not.toEqual([]);
  });

  test.each([
    ['claims-30000', 30_000],
    ['claims-16000', 16_000],
  ])('%s says so in its sample entry', async (name, side) => {
    const bytes = await readFile(await fault(name));
    const entry = boxAt(bytes, 'moov/trak/mdia/minf/stbl/stsd/vp09').body + 24;
    expect([bytes.readUInt16BE(entry), bytes.readUInt16BE(entry + 2)]).toEqual([side, side]);
  });

  test('claims-16000 says so in its first frame', async () => {
    const trace = ['-c', 'copy', '-bsf:v', 'trace_headers', '-f', 'null', '-'];
    const path = await fault('claims-16000');
    const { stderr } = await runTool('ffmpeg', ['-nostdin', '-i', path, ...trace]);
    expect(stderr).toMatch(/frame_width_minus_1 .* = 15999$/m);
    expect(stderr).toMatch(/frame_height_minus_1 .* = 15999$/m);
  });

  test.each(['claims-30000', 'claims-30000-avi'])(
    '%s is refused by ffmpeg for the size of its frames',
    async (name) => {
      const errors = (await decodeErrors(await fault(name))).join('\n');
      expect(errors).toContain('Picture size 30000x30000 is invalid');
    },
  );

  test('no-frames lists a video and an audio track and has no packet', async () => {
    const path = await fault('no-frames');
    const { video, audio } = await probe(path);
    expect([video.length, audio.length]).toEqual([1, 1]);
    expect(await packets(path, 'v:0')).toEqual([]);
  });

  test('unknown-codec has a video track that no decoder knows', async () => {
    const { video } = await probe(await fault('unknown-codec'));
    expect(video).toMatchObject([{ codec: 'unknown', codecTag: 'zzzz' }]);
  });
});
