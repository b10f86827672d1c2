import type { MediaSource, SourceFrame, TimeSpan } from '@clearreel/shared/media/source';
import { describe, expect, test } from 'vitest';
import {
  clipFile,
  referenceHashes,
  referencePackets,
  referenceSound,
  referenceTimes,
  sha256,
} from './clips.test-kit.ts';
import { ffmpegAudioTrack } from './ffmpeg-audio.ts';
import { FfmpegRuntime } from './ffmpeg-runtime.ts';
import { openFfmpegSource } from './ffmpeg-source.ts';
import { agrees, decodedTimes, parsePackets, shownTimes } from './packet-times.ts';
import { probeFile } from './probe-json.ts';

const never = new AbortController().signal;
const whole: TimeSpan = { startSeconds: null, endSeconds: null };

const open = async (name: string) => {
  const file = await clipFile(name);
  return openFfmpegSource(file, file.name, never);
};

async function bytesOf({ sample }: SourceFrame): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sample.allocationSize());
  await sample.copyTo(bytes);
  return bytes;
}

async function read(source: MediaSource, span: TimeSpan) {
  const times: number[] = [];
  const hashes: string[] = [];
  for await (const frame of source.frames(span, never)) {
    times.push(frame.timestampSeconds);
    hashes.push(await sha256(await bytesOf(frame)));
    frame.sample.close();
  }
  return { times, hashes };
}

const limited = 'scale=flags=bicubic+accurate_rnd+full_chroma_int,format=yuv420p';
const clips = [
  {
    rule: '8.1 AVI with XviD and MP3',
    name: 'xvid-avi',
    filters: limited,
    container: 'avi',
    codec: 'mpeg4',
  },
  {
    rule: '8.1 AVI with Motion JPEG, full range',
    name: 'mjpeg-avi',
    filters: 'format=yuvj420p',
    container: 'avi',
    codec: 'mjpeg',
  },
  {
    rule: '8.2 MPEG-2 program stream',
    name: 'mpeg2-ps',
    filters: limited,
    container: 'mpeg',
    codec: 'mpeg2',
  },
  {
    rule: '8.2 MPEG-2 transport stream',
    name: 'mpeg2-ts',
    filters: limited,
    container: 'ts',
    codec: 'mpeg2',
  },
  {
    rule: '8.2 interlaced MPEG-2',
    name: 'interlaced-mpeg2',
    filters: limited,
    container: 'mpeg',
    codec: 'mpeg2',
  },
  { rule: '8.3 WMV', name: 'wmv', filters: limited, container: 'wmv', codec: 'wmv2' },
  { rule: '8.3 FLV', name: 'flv', filters: limited, container: 'flv', codec: 'flv1' },
] as const;

describe.each(clips)('$rule', ({ name, filters, container, codec }) => {
  test('every frame, every timestamp and every pixel is as ffmpeg decodes it', async () => {
    const source = await open(name);
    try {
      const times = await referenceTimes(name);
      const frames = await read(source, whole);
      expect(frames.times.length).toBe(times.length);
      for (const [at, time] of times.entries()) expect(frames.times[at]).toBeCloseTo(time, 9);
      expect(frames.hashes).toEqual(await referenceHashes(name, filters));
      expect((await source.packetIndex(never)).map((each) => each.timestampSeconds)).toEqual(
        frames.times,
      );
      expect(source.facts).toMatchObject({ container, video: { codec } });
      expect(source.notices.filter((each) => each.code === 'FRAMES_NOT_DECODED')).toEqual([]);
    } finally {
      source.dispose();
    }
  });

  test('spans in a row, and a jump back, miss no frame and repeat none', async () => {
    const source = await open(name);
    try {
      const all = await read(source, whole);
      const cuts = [7, 25, 26].map((at) => all.times[at] ?? 0);
      const edges = [null, ...cuts, null];
      const parts = [];
      for (let at = 0; at + 1 < edges.length; at++) {
        const span = { startSeconds: edges[at] ?? null, endSeconds: edges[at + 1] ?? null };
        parts.push(await read(source, span));
      }
      expect(parts.flatMap((each) => each.times)).toEqual(all.times);
      expect(parts.flatMap((each) => each.hashes)).toEqual(all.hashes);
      const back = await read(source, { startSeconds: cuts[1] ?? 0, endSeconds: null });
      expect(back.hashes).toEqual(all.hashes.slice(25));
    } finally {
      source.dispose();
    }
  });
});

describe('8.6 sound of rescued files', () => {
  test.each(['xvid-avi', 'mjpeg-avi', 'flv'])(
    '%s: packets are copied with their times',
    async (name) => {
      const source = await open(name);
      try {
        const expected = await referencePackets(name, 'a:0');
        const packets = [];
        for await (const packet of source.audio[0]?.packets(never) ?? []) packets.push(packet);
        expect(packets.map((each) => each.byteLength)).toEqual(expected.map((each) => each.bytes));
        for (const [at, { timestampSeconds }] of expected.entries()) {
          expect(packets[at]?.timestamp).toBeCloseTo(timestampSeconds, 5);
        }
        expect(await source.audio[0]?.decoderConfig()).not.toBeNull();
      } finally {
        source.dispose();
      }
    },
  );

  test.each(['mpeg2-ps', 'wmv'])(
    '%s: sound that cannot be copied is kept, and said so',
    async (name) => {
      const source = await open(name);
      try {
        expect(source.audio[0]?.codec).toBe('flac');
        expect(source.notices.map((each) => each.code)).toContain('AUDIO_TO_FLAC');
        const decoded = await referenceSound(name);
        let seconds = 0;
        let start: number | undefined;
        for await (const packet of source.audio[0]?.packets(never) ?? []) {
          start ??= packet.timestamp;
          seconds += packet.duration;
        }
        // Matroska does not say how long the last packet lasts; a FLAC packet is 96 ms at most.
        expect(Math.abs(seconds - decoded.seconds)).toBeLessThan(0.096);
        expect(start).toBeCloseTo(decoded.startSeconds, 2);
      } finally {
        source.dispose();
      }
    },
  );
});

describe('8.6 sound too large for memory', () => {
  test.each(['xvid-avi', 'mjpeg-avi', 'flv'])('%s: parts give the same packets', async (name) => {
    const blob = await clipFile(name);
    const runtime = new FfmpegRuntime();
    const input = { blob, name: blob.name };
    const options = { stage: 'test', code: 'SOURCE_UNREADABLE', inputs: [input] } as const;
    const stream = await runtime.run({ ...options, signal: never }, async (entered) => {
      const { streams } = await probeFile(entered, entered.inputs[0] ?? '');
      return streams.find((each) => each.codec_type === 'audio');
    });
    if (stream === undefined) throw new Error('no sound');
    const given = { runtime, input, stream, durationSeconds: 2, signal: never, partBytes: 7000 };
    const track = await ffmpegAudioTrack(given, []);
    const expected = await referencePackets(name, 'a:0');
    const packets = [];
    for await (const packet of track?.packets(never) ?? []) packets.push(packet);
    expect(packets.map((each) => each.byteLength)).toEqual(expected.map((each) => each.bytes));
    for (const [at, { timestampSeconds }] of expected.entries()) {
      expect(packets[at]?.timestamp).toBeCloseTo(timestampSeconds, 5);
    }
    expect(track?.inputTrack).toBeNull();
    runtime.dispose();
  });
});

describe('8.1 when frames of AVI are shown', () => {
  /** As XviD writes it: packed B-frames, a place holder after each, nothing skipped between. */
  const listed = [
    'packet,N/A,0,1,2574,K_',
    'format,avi',
    'packet,N/A,4,1,1445,__',
    'packet,5,5,1,378,__',
    'packet,N/A,6,1,6,__',
    'packet,N/A,7,1,2175,__',
  ].join('\n');

  test('without presentation stamps, a reorder depth later on the decode clock', () => {
    const packets = parsePackets(listed);
    const shown = shownTimes(packets, 1);
    expect(shown?.map(({ ticks }) => ticks)).toEqual([4, 5, 6, 7, 8]);
    expect(shown?.map(({ isKey }) => isKey)).toEqual([true, false, false, false, false]);
    expect(agrees(shown ?? [], [{ ticks: 4 }, { ticks: 5 }, { ticks: 6 }])).toBe(true);
    expect(agrees(shown ?? [], [{ ticks: 0 }, { ticks: 4 }])).toBe(false);
  });

  test('decode stamps that stand still say nothing', () => {
    const still = listed.replace('N/A,7,', 'N/A,6,');
    expect(shownTimes(parsePackets(still), 1)).toBeNull();
  });

  test('frames listed by decoding go on where a stamp is missing, and never back', () => {
    const decoded = [4, null, 6, 5, 7].map((ticks) => ({ ticks, isKey: false }));
    expect(decodedTimes(decoded, 1).map(({ ticks }) => ticks)).toEqual([4, 5, 6, 7]);
  });
});

describe('8.7 what goes wrong has a code', () => {
  test('a file that is no video', async () => {
    const text = new File([new Uint8Array(5000).fill(65)], 'notes.avi');
    await expect(openFfmpegSource(text, text.name, never)).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
    });
  });

  test('an abort ends the decoding at once', async () => {
    const source = await open('xvid-avi');
    const abort = new AbortController();
    const frames = source.frames(whole, abort.signal);
    const first = await frames[Symbol.asyncIterator]().next();
    first.value?.sample.close();
    abort.abort(new Error('enough'));
    await expect(
      (async () => {
        for await (const frame of frames) frame.sample.close();
      })(),
    ).rejects.toThrow('enough');
    source.dispose();
  });
});
