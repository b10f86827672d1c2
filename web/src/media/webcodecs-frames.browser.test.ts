import type { Notice } from '@clearreel/shared/media/facts';
import { LostFrames } from '@clearreel/shared/media/lost-frames';
import { indexPackets } from '@clearreel/shared/media/packet-index';
import type { TimeSpan } from '@clearreel/shared/media/source';
import { spanFrames } from '@clearreel/shared/media/span-frames';
import { ALL_FORMATS, BlobSource, EncodedPacketSink, Input } from 'mediabunny';
import { afterEach, describe, expect, test } from 'vitest';
import { clipFile, referenceTimes } from '../rescue/clips.test-kit.ts';
import { browserDecoding } from './browser-decoder.ts';
import { breakDecoders, type DecoderFault } from './damaged-decoder.testing.ts';

const whole: TimeSpan = { startSeconds: null, endSeconds: null };

let undo = () => {};
afterEach(() => undo());

async function open(name: string) {
  const source = new BlobSource(await clipFile(name));
  const track = await new Input({ source, formats: ALL_FORMATS }).getPrimaryVideoTrack();
  if (!track) throw new Error(`${name} has no video`);
  const { signal } = new AbortController();
  const index = await indexPackets(track, signal, () => {});
  const packets = await Array.fromAsync(new EncodedPacketSink(track).packets());
  const notices: Notice[] = [];
  const lost = new LostFrames(notices);
  const decoding = await browserDecoding(track);
  const frames = (span = whole) => spanFrames(decoding, index, span, false, lost, signal);
  const breakWith = (fault: DecoderFault) => {
    undo = breakDecoders(fault);
  };
  return { track, index, packets, notices, frames, breakWith };
}

async function read(
  frames: ReturnType<Awaited<ReturnType<typeof open>>['frames']>,
  pauseMs = 0,
): Promise<number[]> {
  const seconds: number[] = [];
  for await (const { sample, timestampSeconds } of frames) {
    sample.close();
    seconds.push(timestampSeconds);
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return seconds;
}

/** 75 frames each, B-frames, key frames at 0, 1 and 2 s or at 0 s alone. */
describe.each(['plain-h264', 'one-key-frame'])('15.36 %s with packets 30 … 44 damaged', (name) => {
  test.each([
    { how: 'taken at once' },
    { how: 'taken slowly', pauseMs: 15 },
    { how: 'given late', heldBack: 4 },
    { how: 'given at the end', heldBack: 60 },
  ])(
    'gives the same frames when they are $how: those before the damage, and those from the next key frame on',
    async ({ pauseMs, heldBack = 0 }) => {
      const { packets, notices, frames, breakWith } = await open(name);
      const stamps = packets.map(({ microsecondTimestamp }) => microsecondTimestamp);
      const seconds = (from: number, to?: number) =>
        packets
          .slice(from, to)
          .map(({ timestamp }) => timestamp)
          .sort((a, b) => a - b);
      breakWith({ damaged: new Set(stamps.slice(30, 45)), heldBack });
      const expected = [...seconds(0, 30), ...(name === 'plain-h264' ? seconds(50) : [])];
      expect(await read(frames(), pauseMs)).toEqual(expected);
      expect(notices.map(({ detail }) => detail)).toMatchObject([
        { lost: 75 - expected.length, total: 75 },
      ]);
    },
  );
});

test('15.37 damage behind the end of a span takes nothing from it', async () => {
  const { index, packets, notices, frames, breakWith } = await open('plain-h264');
  const stamps = packets.map(({ microsecondTimestamp }) => microsecondTimestamp);
  breakWith({ damaged: new Set(stamps.slice(28)) });
  const endSeconds = index[25]?.timestampSeconds ?? 0;
  expect(await read(frames({ ...whole, endSeconds }))).toHaveLength(25);
  expect(notices).toEqual([]);
});

test('15.38 a decoder that is taken away once costs no frame', async () => {
  const { frames, notices } = await open('plain-h264');
  let made = 0;
  const Healthy = globalThis.VideoDecoder;
  undo = () => {
    globalThis.VideoDecoder = Healthy;
  };
  globalThis.VideoDecoder = class extends Healthy {
    constructor(init: VideoDecoderInit) {
      let given = 0;
      const isTakenAway = ++made === 1;
      super({
        ...init,
        output: (frame) => {
          init.output(frame);
          if (isTakenAway && ++given === 20) init.error(new DOMException('', 'QuotaExceededError'));
        },
      });
    }
  };
  expect(await read(frames())).toHaveLength(75);
  expect(notices).toEqual([]);
});

test.each(['webm-vp9-opus', 'av1-mp4', 'plain-h264'])(
  '12.9 where a decoder swallows a packet of %s, the other frames keep their stamps',
  async (name) => {
    const { packets, frames, breakWith } = await open(name);
    // The last before a key frame: nothing refers to it.
    const swallowed = packets[24];
    breakWith({ swallowed: new Set([swallowed?.microsecondTimestamp ?? 0]) });
    const others = packets.filter((each) => each !== swallowed).map(({ timestamp }) => timestamp);
    expect(await read(frames())).toEqual(others.sort((a, b) => a - b));
  },
);

test.each(['plain-h264', 'open-gop', 'h264-ts', 'vfr-mkv', 'negative-start', 'alpha-vp9'])(
  '12.9 all frames of %s come with the stamps that ffmpeg sees',
  async (name) => {
    const { frames } = await open(name);
    const found = await read(frames());
    const reference = (await referenceTimes(name)).filter((each) => each >= 0);
    expect(found.filter((each) => each >= 0)).toHaveLength(reference.length);
    for (const [position, seconds] of reference.entries()) {
      expect(found.at(position - reference.length)).toBeCloseTo(seconds, 3);
    }
  },
);

test('14.33 no more than a few decoded frames wait for a slow taker', async () => {
  const { frames } = await open('plain-h264');
  const Healthy = globalThis.VideoDecoder;
  undo = () => {
    globalThis.VideoDecoder = Healthy;
  };
  let given = 0;
  globalThis.VideoDecoder = class extends Healthy {
    constructor(init: VideoDecoderInit) {
      super({
        ...init,
        output: (frame) => {
          given++;
          init.output(frame);
        },
      });
    }
  };
  let taken = 0;
  for await (const { sample } of frames()) {
    sample.close();
    taken++;
    await new Promise((resolve) => setTimeout(resolve, 15));
    // Eight, and two that the decoder holds to put B-frames in order.
    expect(given - taken).toBeLessThanOrEqual(10);
  }
  expect(taken).toBe(75);
});
