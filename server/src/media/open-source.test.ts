import type { MediaSource } from '@clearreel/shared/media/source';
import { describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { fault } from '../../../e2e/faults/index.ts';
import { frameTimes } from '../../../e2e/reference/index.ts';
import { openSource } from './open-source.ts';

const { signal } = new AbortController();

const open = (path: string) => openSource(path, 'a video', {}, signal);

/** Times of the frames of a span, whose samples are closed at once. */
async function timesOf(
  source: MediaSource,
  startSeconds: number | null = null,
  endSeconds: number | null = null,
): Promise<number[]> {
  const seconds: number[] = [];
  for await (const frame of source.frames({ startSeconds, endSeconds }, signal)) {
    frame.sample.close();
    seconds.push(frame.timestampSeconds);
  }
  return seconds;
}

const shownTimes = async (path: string) =>
  (await frameTimes(path)).map((frame) => frame.timestampSeconds).filter((each) => each >= 0);

function expectSameTimes(found: readonly number[], reference: readonly number[]): void {
  expect(found).toHaveLength(reference.length);
  for (const [position, seconds] of reference.entries()) {
    expect(found[position]).toBeCloseTo(seconds, 3);
  }
}

const containers = [
  ...['plain-h264', 'one-key-frame', 'ntsc-rate', 'vfr-mp4', 'vfr-mkv', 'video-starts-late'],
  ...['negative-start', 'fragmented', 'open-gop', 'long-last-frame', 'one-frame', 'held-frames'],
  ...['odd-vp9', 'odd-av1', 'odd-h264', 'padded-h264', 'rotated-90', 'wide-pixels', 'size-changes'],
  ...['interlaced-h264', 'alpha-vp9', 'ten-bit', 'hdr-pq', 'hdr10-hevc', 'webm-vp8-vorbis'],
  ...['av1-mp4', 'h264-ts', 'pcm-mov', 'prores-mov', 'hevc-mp4', 'everything-mkv'],
];

describe('server 1.1 every frame comes once, when ffmpeg says', () => {
  test.each(containers)('%s', async (name) => {
    const path = await clip(name);
    const source = await open(path);
    const found = (await timesOf(source)).filter((each) => each >= 0);
    expectSameTimes(found, await shownTimes(path));
    expect(source.notices.map(({ code }) => code)).toEqual([]);
    expect(source.facts.decoder).toMatchObject({ value: 'node-av' });
    source.dispose();
  });
});

test.each(['plain-h264', 'open-gop', 'vfr-mkv', 'hevc-mp4'])(
  'server 1.2 spans of %s that follow one another give each frame once',
  async (name) => {
    const source = await open(await clip(name));
    const index = await source.packetIndex(signal);
    const cuts = [10, 26, 41].map((position) => index[position]?.timestampSeconds ?? 0);
    const found: number[] = [];
    for (const [position, start] of [null, ...cuts].entries()) {
      found.push(...(await timesOf(source, start, cuts[position] ?? null)));
    }
    expect(found).toEqual(index.map(({ timestampSeconds }) => timestampSeconds));
    source.dispose();
  },
);

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
    ['no-frames', 'SOURCE_NO_FRAMES'],
  ])('%s: %s', async (name, code) => {
    await expect(open(await fault(name))).rejects.toMatchObject({ code });
  });
});
