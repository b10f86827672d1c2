import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clip } from '../clips/index.ts';
import { fault } from '../faults/index.ts';
import { ffmpeg } from './ffmpeg.ts';
import {
  audioOffsetSeconds,
  decodeErrors,
  frameHashes,
  frameTimes,
  packets,
  probe,
  probeVideo,
  psnr,
  rgbFrame,
  ssim,
  subtitlesOf,
  writePng,
} from './index.ts';

let folder = '';
const inFolder = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearreel-reference-'));
});
afterAll(() => rm(folder, { recursive: true }));

const mean = (data: Buffer) => data.reduce((sum, value) => sum + value, 0) / data.length;

describe('reference', () => {
  test('frameTimes gives duration and key frames beside the stamps', async () => {
    const frames = await frameTimes(await clip('plain-h264'));
    expect(frames[25]).toEqual({ timestampSeconds: 1, durationSeconds: 0.04, keyFrame: true });
  });

  test('packets of a copied stream have the same hashes', async () => {
    const source = await clip('everything-mp4');
    await ffmpeg(['-i', source, '-map', '0:a:1', '-c', 'copy', inFolder('copy.mkv')]);
    const hashes = async (path: string, specifier: string) =>
      (await packets(path, specifier)).map((packet) => packet.sha256);
    expect(await hashes(inFolder('copy.mkv'), 'a:0')).toEqual(await hashes(source, 'a:1'));
  });

  test('packets that an edit list hides are marked', async () => {
    const video = await packets(await clip('negative-start'), 'v:0');
    expect(video.filter((packet) => packet.discarded)).not.toHaveLength(0);
  });

  test('frameHashes has one hash a frame and ignores the container', async () => {
    const source = await clip('plain-h264');
    await ffmpeg(['-i', source, '-map', '0:v', '-c', 'copy', inFolder('copy-video.mkv')]);
    const hashes = await frameHashes(source);
    expect(hashes).toHaveLength(75);
    expect(await frameHashes(inFolder('copy-video.mkv'))).toEqual(hashes);
  });

  test('frameHashes keeps the frames of a variable rate', async () => {
    const path = await clip('vfr-mp4');
    expect(await frameHashes(path)).toHaveLength((await frameTimes(path)).length);
  });

  test('decodeErrors is empty for a sound file and not for a damaged one', async () => {
    expect(await decodeErrors(await clip('plain-h264'))).toEqual([]);
    expect(await decodeErrors(await fault('damaged'))).not.toEqual([]);
  });

  test('psnr of a file with itself is infinite in every frame', async () => {
    const path = await clip('plain-h264');
    const { perFrame } = await psnr(path, path);
    expect(perFrame).toEqual(new Array(75).fill(Number.POSITIVE_INFINITY));
  });

  test('psnr pairs frames by position, whatever their stamps', async () => {
    const [vfr, shifted] = [await clip('vfr-mp4'), inFolder('shifted.mkv')];
    await ffmpeg(['-itsoffset', '0.5', '-i', vfr, '-map', '0:v', '-c', 'copy', shifted]);
    const { perFrame } = await psnr(vfr, shifted);
    expect(perFrame).toEqual(new Array(64).fill(Number.POSITIVE_INFINITY));
  });

  test('psnr and ssim fall with the quality', async () => {
    const source = await clip('plain-h264');
    const coarse = inFolder('coarse.mp4');
    await ffmpeg(['-i', source, '-an', '-c:v', 'libx264', '-crf', '40', coarse]);
    expect((await psnr(source, coarse)).mean).toBeLessThan(35);
    expect((await ssim(source, coarse)).mean).toBeLessThan(0.97);
    expect((await ssim(source, source)).mean).toBe(1);
  });

  test('psnr compares an enlarged clip at a size that is asked for', async () => {
    const source = await clip('plain-h264');
    const large = inFolder('large.mp4');
    await ffmpeg(['-i', source, '-an', '-vf', 'scale=192:108', '-c:v', 'libx264', large]);
    const { perFrame, mean: dB } = await psnr(source, large, {
      scale: { width: 192, height: 108 },
    });
    expect(perFrame).toHaveLength(75);
    expect(dB).toBeGreaterThan(30);
  });

  test('rgbFrame gives the frame asked for', async () => {
    const path = await clip('flash-and-beep');
    expect(mean((await rgbFrame(path, 24)).data)).toBeLessThan(5);
    expect(mean((await rgbFrame(path, 25)).data)).toBeGreaterThan(250);
  });

  test('rgbFrame of an odd size is whole', async () => {
    expect(await rgbFrame(await clip('odd-vp9'), 0)).toMatchObject({ width: 97, height: 53 });
  });

  test('rgbFrame of a rotated clip is as coded', async () => {
    expect(await rgbFrame(await clip('rotated-90'), 0)).toMatchObject({ width: 96, height: 54 });
  });

  test('rgbFrame refuses an index past the end', async () => {
    await expect(rgbFrame(await clip('tiny'), 10)).rejects.toThrow(/has no frame 10/);
  });

  test('writePng writes a picture that reads back the same', async () => {
    const frame = await rgbFrame(await clip('tiny'), 3);
    await writePng(frame, inFolder('frame.png'));
    expect(await probeVideo(inFolder('frame.png'))).toMatchObject({ codec: 'png', width: 32 });
    expect((await rgbFrame(inFolder('frame.png'), 0)).data.equals(frame.data)).toBe(true);
  });

  test('subtitlesOf reads the styled text of ASS', async () => {
    const [, , signs] = await subtitlesOf(await clip('everything-mkv'));
    expect(signs).toMatchObject({ codec: 'ass', language: 'eng', title: 'Signs' });
    expect(signs?.cues[0]?.text).toContain('A sign at the top');
  });

  test('subtitlesOf gives the times of each cue', async () => {
    const [english] = await subtitlesOf(await clip('everything-mp4'));
    expect(english?.cues.map((cue) => [cue.startSeconds, cue.endSeconds])).toEqual([
      [0.2, 1],
      [1.4, 2.6],
    ]);
  });

  test('audioOffsetSeconds is negative where the audio starts first', async () => {
    expect(await audioOffsetSeconds(await clip('video-starts-late'))).toBeCloseTo(-0.08, 3);
  });

  test('probe keeps covers out of the video streams', async () => {
    const { video, covers } = await probe(await clip('everything-mp4'));
    expect([video.length, covers.length]).toEqual([1, 1]);
  });

  test('probe rejects what is no media file', async () => {
    await expect(probe(await fault('text-as-mp4'))).rejects.toThrow(/moov atom not found/);
  });
});
