import { createHash } from 'node:crypto';
import { memoryPlanes } from '@clearreel/shared/frameops/sample-memory';
import type { MediaSource } from '@clearreel/shared/media/source';
import type { VideoSample } from 'mediabunny';
import { expect } from 'vitest';
import { frameTimes } from '../../../e2e/reference/index.ts';
import { type OpenOptions, openSource } from './open-source.ts';

export const { signal } = new AbortController();

export const open = (path: string, options: OpenOptions = {}) =>
  openSource(path, 'a video', options, signal);

/** Frames of a span; each is closed when the next is asked for. */
export async function* framesOf(
  source: MediaSource,
  startSeconds: number | null = null,
  endSeconds: number | null = null,
) {
  for await (const frame of source.frames({ startSeconds, endSeconds }, signal)) {
    try {
      yield frame;
    } finally {
      frame.sample.close();
    }
  }
}

export async function timesOf(
  source: MediaSource,
  startSeconds: number | null = null,
  endSeconds: number | null = null,
): Promise<number[]> {
  const seconds: number[] = [];
  for await (const { timestampSeconds } of framesOf(source, startSeconds, endSeconds)) {
    seconds.push(timestampSeconds);
  }
  return seconds;
}

/** What ffprobe says of the frames; one without a stamp comes as long after its neighbour as that one lasts. */
export async function shownTimes(path: string): Promise<number[]> {
  const times: number[] = [];
  for (const { timestampSeconds, durationSeconds = 0 } of await frameTimes(path)) {
    const next = (times.at(-1) ?? 0) + durationSeconds;
    times.push(Number.isNaN(timestampSeconds) ? next : timestampSeconds);
  }
  return times.filter((each) => each >= 0);
}

export function expectSameTimes(found: readonly number[], reference: readonly number[]): void {
  expect(found).toHaveLength(reference.length);
  for (const [position, seconds] of reference.entries()) {
    expect(found[position]).toBeCloseTo(seconds, 3);
  }
}

/** MD5 of a frame's visible bytes, plane after plane without padding, as ffmpeg's framemd5 has it. */
export async function hashOf(sample: VideoSample): Promise<string> {
  const hash = createHash('md5');
  const { format, visibleRect } = sample;
  const [, sampling = '', bits = '8'] = /^I(4..)A?(?:P(..))?$/.exec(format ?? '') ?? [];
  const bytes = bits === '8' ? 1 : 2;
  for (const [index, { data, offset, stride }] of ((await memoryPlanes(sample)) ?? []).entries()) {
    const isChroma = index === 1 || index === 2;
    const width = Math.ceil(visibleRect.width / (isChroma && sampling !== '444' ? 2 : 1));
    const height = Math.ceil(visibleRect.height / (isChroma && sampling === '420' ? 2 : 1));
    for (let row = 0; row < height; row++) {
      const start = offset + row * stride;
      hash.update(data.subarray(start, start + width * bytes));
    }
  }
  return hash.digest('hex');
}
