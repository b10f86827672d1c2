import { indexPackets } from '@clearreel/shared/media/packet-index';
import type { IndexedPacket, SourceFrame, TimeSpan } from '@clearreel/shared/media/source';
import { readVideoFacts } from '@clearreel/shared/media/video-facts';
import { ALL_FORMATS, BlobSource, Input } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { clipFile, referenceHashes, referenceTimes, sha256 } from './clips.test-kit.ts';
import { decodeWithFfmpeg } from './ffmpeg-frames.ts';
import { FfmpegRuntime } from './ffmpeg-runtime.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameStream, outletPath } from './frame-stream.ts';
import { windowEnd } from './frame-windows.ts';

const never = new AbortController().signal;
const whole: TimeSpan = { startSeconds: null, endSeconds: null };

async function open(name: string) {
  const file = await clipFile(name);
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error(`${name} has no video`);
  const index = await indexPackets(track, never, () => {});
  const facts = await readVideoFacts(track, index, null);
  const frames = (span: TimeSpan) => decodeWithFfmpeg(file, file.name, facts, index, span, never);
  return { file, index, facts, frames };
}

async function hashOf({ sample }: SourceFrame): Promise<string> {
  const bytes = new Uint8Array(sample.allocationSize());
  await sample.copyTo(bytes);
  sample.close();
  return sha256(bytes);
}

async function read(frames: AsyncIterable<SourceFrame>) {
  const times: number[] = [];
  const hashes: string[] = [];
  for await (const frame of frames) {
    times.push(frame.timestampSeconds);
    hashes.push(await hashOf(frame));
  }
  return { times, hashes };
}

const exact = 'scale=flags=bicubic+accurate_rnd+full_chroma_int';
const tenBit = `${exact}:in_range=limited:out_range=limited,format=yuv420p`;

describe.each([
  { rule: '8.4 HEVC in MP4', name: 'hevc-mp4', filters: `${exact},format=yuv420p` },
  { rule: '8.4 ProRes 4:2:2 of 10 bits', name: 'prores-mov', filters: tenBit },
  { rule: '8.4 H.264 with B-frames and an edit list', name: 'plain-h264', filters: exact },
  { rule: '8.4 variable frame rate', name: 'vfr-mp4', filters: exact },
  { rule: '8.4 variable frame rate in Matroska', name: 'vfr-mkv', filters: exact },
  { rule: '8.4 open GOP', name: 'open-gop', filters: exact },
  { rule: '8.4 a transport stream', name: 'h264-ts', filters: exact },
  { rule: '8.4 odd size', name: 'odd-h264', filters: tenBit },
  { rule: '8.4 fragmented MP4', name: 'fragmented', filters: exact },
  { rule: '8.4 full range', name: 'full-range', filters: 'format=yuvj420p' },
])('$rule', ({ name, filters }) => {
  test('frames carry the packets’ stamps and ffmpeg’s pixels, in any spans', async () => {
    const { index, frames } = await open(name);
    const all = await read(frames(whole));
    expect(all.times).toEqual(index.map((each) => each.timestampSeconds));
    const shown = (await referenceTimes(name)).map((time, at) => ({ time, at }));
    const hashes = await referenceHashes(name, filters);
    expect(all.hashes).toEqual(shown.slice(-all.times.length).map(({ at }) => hashes[at]));
    const middle = index[Math.floor(index.length / 2)]?.timestampSeconds ?? 0;
    const late = await read(frames({ startSeconds: middle, endSeconds: null }));
    const early = await read(frames({ startSeconds: null, endSeconds: middle }));
    expect([...early.hashes, ...late.hashes]).toEqual(all.hashes);
  });
});

describe('8.5 windows, where ffmpeg cannot be paused', () => {
  test('no frame is missed or repeated over their borders', async () => {
    const { file, facts, index } = await open('length-10s');
    // A tiny frame that claims to be large makes the windows small.
    const raw = {
      streamIndex: 0,
      width: 1920,
      height: 1080,
      pixelFormat: 'yuv420p',
      isFullRange: false,
      timeBase: { num: 1, den: facts.ticksPerSecond ?? 12_800 },
      demuxer: 'mov',
    };
    const reader = new FrameReader({ blob: file, name: file.name }, raw, index, 0, false);
    const seen: number[] = [];
    for await (const { at } of reader.read(0, 60, never)) seen.push(at);
    reader.dispose();
    expect(seen).toEqual(Array.from({ length: 60 }, (_, at) => at));
  });

  test('a border lies on a key frame where one is near', () => {
    const index: IndexedPacket[] = Array.from({ length: 100 }, (_, at) => ({
      timestampSeconds: at / 25,
      durationSeconds: 1 / 25,
      isKey: at % 12 === 0,
    }));
    expect(windowEnd(index, 0, 100, 16)).toBe(12);
    expect(windowEnd(index, 12, 100, 30)).toBe(36);
    expect(windowEnd(index, 12, 100, 5)).toBe(17);
    expect(windowEnd(index, 96, 100, 16)).toBe(100);
  });

  test('a paused ffmpeg keeps no more frames ahead than allowed, and loses none', async () => {
    const blob = await clipFile('frames-300');
    const runtime = new FfmpegRuntime();
    const inputs = [{ blob, name: blob.name }];
    const work = { stage: 'decoding', code: 'DECODER_FAILED', inputs, signal: never } as const;
    const options = { frameBytes: 32 * 18, ahead: 3, canPause: true };
    const output = [
      '-fps_mode',
      'passthrough',
      '-f',
      'rawvideo',
      '-flush_packets',
      '1',
      outletPath,
    ];
    const stream = new FrameStream(runtime, work, options, (path) => [
      ...['-i', path, '-map', '0:v:0', '-vf', 'scale=32:18,format=gray', ...output],
    ]);
    let taken = 0;
    let mostWaiting = 0;
    while ((await stream.next()) !== null) {
      taken += 1;
      // It runs ahead as far as it may; the last frames have nothing behind them.
      if (taken % 50 === 0 && taken < 300) await expect.poll(() => stream.waiting).toBe(3);
      mostWaiting = Math.max(mostWaiting, stream.waiting);
    }
    expect(taken).toBe(300);
    expect(mostWaiting).toBe(3);
    runtime.dispose();
  });
});
