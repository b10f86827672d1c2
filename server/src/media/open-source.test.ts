import type { EncodedPacket } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { beforeFault, fault } from '../../../e2e/faults/index.ts';
import { frameHashes, packets, sameFrameSeconds } from '../../../e2e/reference/index.ts';
import {
  expectSameTimes,
  framesOf,
  hashOf,
  open,
  shownTimes,
  signal,
  timesOf,
} from './reading.test-kit.ts';

/** What the browser reads as well. */
const usual = [
  ...['plain-h264', 'one-key-frame', 'ntsc-rate', 'vfr-mp4', 'vfr-mkv', 'video-starts-late'],
  ...['negative-start', 'fragmented', 'open-gop', 'long-last-frame', 'one-frame', 'held-frames'],
  ...['odd-vp9', 'odd-av1', 'odd-h264', 'padded-h264', 'rotated-90', 'wide-pixels', 'size-changes'],
  ...['interlaced-h264', 'alpha-vp9', 'ten-bit', 'hdr-pq', 'hdr10-hevc', 'webm-vp8-vorbis'],
  ...['av1-mp4', 'h264-ts', 'pcm-mov', 'prores-mov', 'hevc-mp4', 'everything-mkv'],
];
/** What mediabunny does not read, or only the container of. */
const foreign = [
  ...['xvid-avi', 'mjpeg-avi', 'h264-avi', 'mpeg2-ps', 'mpeg2-ts', 'interlaced-mpeg2'],
  ...['wmv', 'flv', 'mpeg4-mp4', 'ffv1-mp2-mkv'],
];

describe('server 1.1 every frame comes once, when ffmpeg says', () => {
  test.each([...usual, ...foreign])('%s', async (name) => {
    const path = await clip(name);
    const source = await open(path);
    const found = (await timesOf(source)).filter((each) => each >= 0);
    expectSameTimes(found, await shownTimes(path));
    const told = source.notices.filter(({ code }) => code !== 'INTERLACED');
    expect(told).toEqual([]);
    expect(source.facts.decoder).toMatchObject({ value: 'node-av' });
    source.dispose();
  });
});

test.each([
  'plain-h264',
  'open-gop',
  'vfr-mkv',
  'hevc-mp4',
  'xvid-avi',
  'h264-avi',
  'mpeg2-ps',
  'wmv',
])('server 1.2 spans of %s that follow one another give each frame once', async (name) => {
  const source = await open(await clip(name));
  const index = await source.packetIndex(signal);
  const cuts = [10, 26, 41].map((position) => index[position]?.timestampSeconds ?? 0);
  const found: number[] = [];
  for (const [position, start] of [null, ...cuts].entries()) {
    found.push(...(await timesOf(source, start, cuts[position] ?? null)));
  }
  expect(found).toEqual(index.map(({ timestampSeconds }) => timestampSeconds));
  source.dispose();
});

describe('server 1.3 what cannot be read is refused with the code that the browser gives', () => {
  test.each([
    ['empty', 'SOURCE_EMPTY'],
    ['text-as-mp4', 'SOURCE_UNREADABLE'],
    ['noise-as-mp4', 'SOURCE_UNREADABLE'],
    ['zip-as-mkv', 'SOURCE_UNREADABLE'],
    ['truncated-index', 'SOURCE_UNREADABLE'],
    ['encrypted', 'SOURCE_ENCRYPTED'],
    ['claims-30000', 'SOURCE_TOO_LARGE'],
    ['claims-16000', 'SOURCE_TOO_LARGE'],
    ['claims-30000-avi', 'SOURCE_UNREADABLE'],
    ['no-frames', 'SOURCE_NO_FRAMES'],
    ['unknown-codec', 'DECODER_MISSING'],
    ['pack-of-nothing', 'SOURCE_UNREADABLE'],
    ['pack-long-list', 'SOURCE_UNREADABLE'],
    ['pack-no-list', 'SOURCE_UNREADABLE'],
    ['pack-long-picture', 'SOURCE_UNREADABLE'],
    ['pack-claims-30000', 'SOURCE_TOO_LARGE'],
    ['pack-of-paths', 'SOURCE_NO_FRAMES'],
    ['zip-bomb', 'SOURCE_UNREADABLE'],
  ])('%s: %s', async (name, code) => {
    await expect(open(await fault(name))).rejects.toMatchObject({ code });
  });
});

/** Those of the browser's test 15.32, where `readableSeconds` is explained. */
const saved = [
  { name: 'truncated' },
  { name: 'truncated-fragmented' },
  { name: 'truncated-webm', readableSeconds: 1 },
  { name: 'damaged' },
  { name: 'damaged-webm' },
];

describe('server 1.4 of a damaged file all whole frames come, each in its place, and the loss is said', () => {
  test.each(saved)('$name', async ({ name, readableSeconds = Number.POSITIVE_INFINITY }) => {
    const path = await fault(name);
    const inMs = (seconds: readonly number[]) => seconds.map((each) => Math.round(each * 1000));
    const whole = inMs(await sameFrameSeconds(path, await beforeFault(name)));
    const source = await open(path);
    const found = inMs(await timesOf(source));
    const readable = whole.filter((each) => each < 1000 * readableSeconds);
    expect(found).toEqual(expect.arrayContaining(readable));
    expect(inMs(await shownTimes(path))).toEqual(expect.arrayContaining(found));
    expect(source.notices.map(({ message }) => message).join()).toMatch(/damaged|incomplete/i);
    source.dispose();
  });
});

describe('server 1.5 frames have the very pixels that ffmpeg decodes', () => {
  const exact = ['plain-h264', 'odd-vp9', 'odd-h264', 'padded-h264', 'full-range', 'ten-bit'];
  test.each([...exact, 'hdr10-hevc', 'av1-mp4', 'hevc-mp4', 'xvid-avi', 'mpeg2-ps', 'mjpeg-avi'])(
    '%s',
    async (name) => {
      const path = await clip(name);
      const source = await open(path);
      const hashes: string[] = [];
      for await (const { sample } of framesOf(source)) hashes.push(await hashOf(sample));
      expect(hashes).toEqual(await frameHashes(path));
      source.dispose();
    },
  );
});

describe('server 1.6 sound that mediabunny cannot read is copied packet by packet', () => {
  test.each(['xvid-avi', 'flv', 'mpeg4-mp4', 'mjpeg-avi'])('%s', async (name) => {
    const path = await clip(name);
    const source = await open(path);
    const [track] = source.audio;
    const found: EncodedPacket[] = [];
    for await (const packet of track?.packets(signal) ?? []) found.push(packet);
    const reference = await packets(path, 'a:0');
    expect(found.map(({ byteLength }) => byteLength)).toEqual(reference.map(({ bytes }) => bytes));
    for (const [position, { timestampSeconds }] of reference.entries()) {
      expect(found[position]?.timestamp).toBeCloseTo(timestampSeconds ?? 0, 5);
    }
    source.dispose();
  });
});

test.each(['mpeg2-ps', 'wmv', 'h264-mp2-mkv'])(
  'server 1.7 sound of %s that no container here holds is decoded whole',
  async (name) => {
    const path = await clip(name);
    const source = await open(path);
    const [track] = source.audio;
    expect(track?.codec).toBeNull();
    let seconds = 0;
    for await (const sample of track?.samples?.(null, null) ?? []) {
      seconds += sample.duration;
      sample.close();
    }
    const reference = await packets(path, 'a:0');
    const lengths = reference.map(({ durationSeconds }) => durationSeconds ?? 0);
    expect(seconds).toBeCloseTo(
      lengths.reduce((sum, each) => sum + each, 0),
      1,
    );
    source.dispose();
  },
);

test('server 1.8 a playlist makes FFmpeg open nothing', async () => {
  await expect(open(await fault('playlist'))).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
});
