import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ffprobe } from '../reference/ffmpeg.ts';
import { decodeErrors, frameTimes, packets, probe, probeVideo } from '../reference/index.ts';
import { clip, clips } from './index.ts';
import { ClipUnavailable } from './real.ts';

describe('clips', () => {
  test.each([
    ['webm-vp9-opus', 'matroska,webm', 'vp9', 'opus'],
    ['webm-vp8-vorbis', 'matroska,webm', 'vp8', 'vorbis'],
    ['av1-mp4', 'mov,mp4', 'av1', 'opus'],
    ['h264-ts', 'mpegts', 'h264', 'aac'],
    ['pcm-mov', 'mov,mp4', 'h264', 'pcm_s16le'],
    ['ac3-mp4', 'mov,mp4', 'h264', 'ac3'],
    ['mp3-mp4', 'mov,mp4', 'h264', 'mp3'],
    ['flac-mkv', 'matroska,webm', 'h264', 'flac'],
    ['xvid-avi', 'avi', 'mpeg4', 'mp3'],
    ['mpeg2-ps', 'mpeg', 'mpeg2video', 'mp2'],
    ['mpeg2-ts', 'mpegts', 'mpeg2video', 'mp2'],
    ['mjpeg-avi', 'avi', 'mjpeg', 'pcm_s16le'],
    ['prores-mov', 'mov,mp4', 'prores', 'pcm_s16le'],
    ['hevc-mp4', 'mov,mp4', 'hevc', 'aac'],
    ['wmv', 'asf', 'wmv2', 'wmav2'],
    ['flv', 'flv', 'flv1', 'mp3'],
  ])('%s is %s with %s and %s', async (name, format, videoCodec, audioCodec) => {
    const found = await probe(await clip(name));
    expect(found.format.startsWith(format)).toBe(true);
    expect(found.video).toMatchObject([{ codec: videoCodec }]);
    expect(found.audio).toMatchObject([{ codec: audioCodec }]);
  });

  test('xvid-avi is tagged XVID', async () => {
    expect((await probeVideo(await clip('xvid-avi'))).codecTag).toBe('XVID');
  });

  test.each(['xvid-avi', 'mpeg2-ps', 'mpeg2-ts', 'h264-ts'])('%s has B-frames', async (name) => {
    const { frames } = await ffprobe<{ frames: { pict_type: string }[] }>([
      ...['-select_streams', 'v:0', '-show_frames', await clip(name)],
    ]);
    expect(frames.filter((frame) => frame.pict_type === 'B').length).toBeGreaterThan(10);
  });

  test('h264-ts starts late, as transport streams do', async () => {
    const [first] = await frameTimes(await clip('h264-ts'));
    expect(first?.timestampSeconds).toBeGreaterThan(1);
  });

  test('interlaced-mpeg2 is interlaced, top field first', async () => {
    expect((await probeVideo(await clip('interlaced-mpeg2'))).fieldOrder).toBe('tt');
  });

  test.for<[string, number, number, number]>([
    ['real/vtest', 768, 576, 795],
    ['real/tree', 320, 240, 68],
    ['real/bikes', 640, 272, 250],
    ['real/bigbuckbunny', 1280, 720, 132],
  ])('%s is %i×%i with %i coded frames', async ([name, width, height, frames], context) => {
    const path = await clip(name).catch((error: unknown) => {
      if (error instanceof ClipUnavailable) return context.skip(error.message);
      throw error;
    });
    expect(await probeVideo(path)).toMatchObject({ width, height });
    expect(await packets(path, 'v:0')).toHaveLength(frames);
  });

  /** Sequences are archives, and some are broken on purpose. */
  const isPictures = (name: string) => /^(pictures?|bars)-/.test(name);

  test('every made clip decodes without an error', async () => {
    const made = clips.filter(({ name }) => !name.startsWith('real/') && !isPictures(name));
    const errors: Record<string, string[]> = {};
    for (const { name } of made) {
      const lines = await decodeErrors(await clip(name));
      if (lines.length > 0) errors[name] = lines;
    }
    expect(errors).toEqual({});
  });

  test('a recipe gives the same bytes on every run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clearreel-clip-'));
    try {
      const plain = clips.find(({ name }) => name === 'everything-mkv');
      await plain?.make(folder);
      const again = await readFile(join(folder, plain?.file ?? ''));
      expect(again.equals(await readFile(await clip('everything-mkv')))).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('an unknown name is refused with the list of names', async () => {
    await expect(clip('nowhere')).rejects.toThrow(/No clip is named nowhere; .*plain-h264/);
  });
});
