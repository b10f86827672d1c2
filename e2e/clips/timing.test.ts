import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  frameHashes,
  frameTimes,
  packets,
  probe,
  probeVideo,
  type RgbPicture,
  rgbFrame,
} from '../reference/index.ts';
import { clip } from './index.ts';

async function stampsOf(name: string): Promise<number[]> {
  return (await frameTimes(await clip(name))).map((frame) => frame.timestampSeconds);
}

const gapsOf = (stamps: number[]) =>
  stamps.slice(1).map((stamp, index) => Math.round((stamp - (stamps[index] ?? 0)) * 1e6) / 1e6);

async function keyFramesOf(name: string): Promise<number[]> {
  const frames = await frameTimes(await clip(name));
  return frames.flatMap((frame, index) => (frame.keyFrame ? [index] : []));
}

/** Packets that are shown before an earlier one of the file. */
async function reorderedPackets(name: string): Promise<number> {
  const times = (await packets(await clip(name), 'v:0')).map((each) => each.timestampSeconds ?? 0);
  return times.filter((time, index) => time < Math.max(...times.slice(0, index + 1))).length;
}

describe('clips', () => {
  test('plain-h264 has 75 frames at 25 fps', async () => {
    expect(await stampsOf('plain-h264')).toHaveLength(75);
    expect(new Set(gapsOf(await stampsOf('plain-h264')))).toEqual(new Set([0.04]));
  });

  test('plain-h264 has a key frame every second', async () => {
    expect(await keyFramesOf('plain-h264')).toEqual([0, 25, 50]);
  });

  test('plain-h264 has B-frames', async () => {
    expect(await reorderedPackets('plain-h264')).toBeGreaterThan(10);
  });

  test('plain-h264 has AAC stereo sound', async () => {
    const { audio } = await probe(await clip('plain-h264'));
    expect(audio).toMatchObject([{ codec: 'aac', channels: 2 }]);
  });

  test('one-key-frame has only its first frame as key frame', async () => {
    expect(await keyFramesOf('one-key-frame')).toEqual([0]);
    expect(await stampsOf('one-key-frame')).toHaveLength(75);
  });

  test('tiny has 10 frames of 32×18', async () => {
    expect(await probeVideo(await clip('tiny'))).toMatchObject({ width: 32, height: 18 });
    expect(await stampsOf('tiny')).toHaveLength(10);
  });

  test('strip has 5 frames of 2560×32', async () => {
    expect(await probeVideo(await clip('strip'))).toMatchObject({ width: 2560, height: 32 });
    expect(await stampsOf('strip')).toHaveLength(5);
  });

  test('ntsc-rate has 30000/1001 frames a second', async () => {
    expect((await probeVideo(await clip('ntsc-rate'))).frameRate).toBe('30000/1001');
  });

  test.each(['vfr-mp4', 'vfr-mkv'])('%s has irregular stamps that only grow', async (name) => {
    const gaps = gapsOf(await stampsOf(name));
    expect(new Set(gaps).size).toBeGreaterThan(20);
    expect(Math.min(...gaps)).toBeGreaterThan(0);
  });

  test('vfr-mp4 has stamps finer than a millisecond', async () => {
    const stamps = await stampsOf('vfr-mp4');
    expect(stamps.some((stamp) => Math.abs(stamp * 1000 - Math.round(stamp * 1000)) > 0.1)).toBe(
      true,
    );
  });

  test('video-starts-late starts its video 0.08 s after its audio', async () => {
    const { video, audio } = await probe(await clip('video-starts-late'));
    expect(video[0]?.startSeconds).toBeCloseTo(0.08, 3);
    expect(audio[0]?.startSeconds).toBe(0);
  });

  test('negative-start hides 13 of its 75 frames', async () => {
    const video = await packets(await clip('negative-start'), 'v:0');
    expect(video).toHaveLength(75);
    expect(await stampsOf('negative-start')).toHaveLength(62);
    expect(video[0]?.timestampSeconds).toBeLessThan(-0.5);
  });

  test('fragmented keeps no sample table', async () => {
    const bytes = await readFile(await clip('fragmented'));
    expect(bytes.includes('moof')).toBe(true);
    expect(await stampsOf('fragmented')).toHaveLength(75);
  });

  test('open-gop has frames that are shown before the key frame they follow', async () => {
    const video = await packets(await clip('open-gop'), 'v:0');
    const keys = video.flatMap((packet, index) => (packet.keyFrame ? [index] : []));
    expect(keys).toHaveLength(4);
    for (const key of keys.slice(1)) {
      expect(video[key + 1]?.timestampSeconds).toBeLessThan(video[key]?.timestampSeconds ?? 0);
    }
  });

  test('long-last-frame ends with a frame of 0.5 s', async () => {
    const durations = (await packets(await clip('long-last-frame'), 'v:0')).map(
      (packet) => packet.durationSeconds,
    );
    expect(durations).toEqual([...new Array(24).fill(0.04), 0.5]);
  });

  test('one-frame has one frame', async () => {
    expect(await stampsOf('one-frame')).toHaveLength(1);
  });

  test('scene-cut changes its picture at frame 20 without a key frame', async () => {
    const path = await clip('scene-cut');
    const [before, last, first] = await Promise.all([18, 19, 20].map((i) => rgbFrame(path, i)));
    const difference = (a?: RgbPicture, b?: RgbPicture) =>
      a?.data.reduce((sum, value, index) => sum + Math.abs(value - (b?.data[index] ?? 0)), 0) ?? 0;
    expect(difference(last, first)).toBeGreaterThan(5 * difference(before, last));
    expect(await keyFramesOf('scene-cut')).toEqual([0]);
  });

  test('held-frames shows each of 18 pictures four times, bit by bit the same', async () => {
    const hashes = await frameHashes(await clip('held-frames'));
    expect(hashes).toHaveLength(72);
    expect(hashes.every((hash, index) => hash === hashes[index - (index % 4)])).toBe(true);
    expect(new Set(hashes).size).toBe(18);
  });

  test('screen-like changes nothing outside its 24×24 region', async () => {
    const path = await clip('screen-like');
    const [first, later] = await Promise.all([rgbFrame(path, 0), rgbFrame(path, 7)]);
    const changed = [...later.data.keys()].filter((i) => first.data[i] !== later.data[i]);
    const columns = changed.map((i) => Math.floor(i / 3) % first.width);
    const rows = changed.map((i) => Math.floor(i / 3 / first.width));
    expect(changed.length).toBeGreaterThan(100);
    expect(Math.min(...columns)).toBeGreaterThanOrEqual(215);
    expect(Math.max(...columns)).toBeLessThanOrEqual(240);
    expect(Math.min(...rows)).toBeGreaterThanOrEqual(111);
    expect(Math.max(...rows)).toBeLessThanOrEqual(136);
  });

  test('frames-300 has exactly 300 frames', async () => {
    expect(await stampsOf('frames-300')).toHaveLength(300);
  });

  test.each([10, 60])('length-%is lasts that long', async (seconds) => {
    const { durationSeconds } = await probe(await clip(`length-${seconds}s`));
    expect(durationSeconds).toBeCloseTo(seconds, 1);
  });

  test('no-audio has one stream, video', async () => {
    const { streams } = await probe(await clip('no-audio'));
    expect(streams.map((stream) => stream.kind)).toEqual(['video']);
  });

  test('audio-only has one stream, audio', async () => {
    const { streams } = await probe(await clip('audio-only'));
    expect(streams.map((stream) => stream.kind)).toEqual(['audio']);
  });

  test('audio-longer has 1 s of sound after its last frame', async () => {
    const { video, audio } = await probe(await clip('audio-longer'));
    expect(video[0]?.durationSeconds).toBeCloseTo(1, 2);
    expect(audio[0]?.durationSeconds).toBeCloseTo(2, 1);
  });

  test('flash-and-beep flashes in the frame at 1.0 s alone', async () => {
    const path = await clip('flash-and-beep');
    const pictures = await Promise.all([24, 25, 26].map((index) => rgbFrame(path, index)));
    expect(pictures.map(({ data }) => (data[0] ?? 0) > 128)).toEqual([false, true, false]);
    expect((await stampsOf('flash-and-beep'))[25]).toBe(1);
  });
});
