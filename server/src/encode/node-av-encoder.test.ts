import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EncodedSegment, EncoderSettings, OutputCodec } from '@clearreel/shared/media/encoder';
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  VideoSample,
} from 'mediabunny';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { decodeErrors, frameTimes, psnr } from '../../../e2e/reference/index.ts';
import { prepareFfmpeg } from '../media/prepare-ffmpeg.ts';
import { encoderKinds, rateFor } from './codecs.ts';
import { NodeAvEncoder } from './node-av-encoder.ts';

const codecs = Object.keys(encoderKinds) as OutputCodec[];
const frameRate = 25;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bitDepth?: 8 | 10;
}

const settingsFor = (codec: OutputCodec, picture: Picture, quality = 75): EncoderSettings => ({
  encoder: 'node-av',
  codec,
  codecString: '',
  frameRate,
  ...picture,
  rate: rateFor(codec, quality),
});

const bytesOf = ({ width, height, bitDepth = 8 }: Picture) =>
  (width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2)) * (bitDepth > 8 ? 2 : 1);

const sampleOf = (picture: Picture, data: Uint8Array) =>
  new VideoSample(data, {
    format: picture.bitDepth === 10 ? 'I420P10' : 'I420',
    codedWidth: picture.width,
    codedHeight: picture.height,
    timestamp: 0,
  });

/** A pattern that moves by `position`. */
function drawn(picture: Picture, position: number): VideoSample {
  const data = new Uint8Array(bytesOf(picture));
  const isDeep = picture.bitDepth === 10;
  for (let at = 0; at < data.length; at++) {
    data[at] = isDeep && at % 2 === 1 ? 2 : (at + 7 * position) % 200;
  }
  return sampleOf(picture, data);
}

async function encodeAll(settings: EncoderSettings, samples: readonly VideoSample[]) {
  const encoder = await NodeAvEncoder.open(settings);
  try {
    for (const sample of samples) await encoder.encode(sample);
    return await encoder.finish();
  } finally {
    encoder.close();
  }
}

describe('server 1. encoding', () => {
  let folder: string;
  beforeAll(async () => {
    prepareFfmpeg();
    folder = await mkdtemp(join(tmpdir(), 'clearreel-encode-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The segments in a row, all decoded with the first one's configuration. */
  async function joined(codec: OutputCodec, segments: readonly EncodedSegment[]): Promise<string> {
    const target = new BufferTarget();
    const output = new Output({ format: new Mp4OutputFormat(), target });
    const track = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(track, { frameRate });
    await output.start();
    const decoderConfig = segments[0]?.config as VideoDecoderConfig;
    let position = 0;
    for (const { packets } of segments) {
      for (const { data, isKey } of packets) {
        const seconds = position++ / frameRate;
        const packet = new EncodedPacket(data, isKey ? 'key' : 'delta', seconds, 1 / frameRate);
        await track.add(packet, { decoderConfig });
      }
    }
    await output.finalize();
    const path = join(folder, `${codec}-${position}.mp4`);
    await writeFile(path, new Uint8Array(target.buffer ?? new ArrayBuffer()));
    return path;
  }

  it.each(codecs)(
    'server 1.30 %s: segments of one configuration join without a seam',
    async (codec) => {
      const picture = { width: 320, height: 180 };
      const settings = settingsFor(codec, picture);
      const segments: EncodedSegment[] = [];
      for (const length of [30, 1, 17]) {
        const samples = Array.from({ length }, (_, position) => drawn(picture, position));
        segments.push(await encodeAll(settings, samples));
      }
      for (const { config, packets } of segments) {
        expect(config).toEqual(segments[0]?.config);
        expect(packets.map(({ isKey }) => isKey).indexOf(true, 1)).toBe(-1);
      }
      const path = await joined(codec, segments);
      expect(await decodeErrors(path)).toEqual([]);
      const times = await frameTimes(path);
      expect(times).toHaveLength(48);
      expect(times.map(({ timestampSeconds }) => Math.round(timestampSeconds * frameRate))).toEqual(
        Array.from(times.keys()),
      );
    },
  );

  it.each([
    ['avc', 16, 16],
    ['hevc', 16, 16],
    ['vp9', 33, 17],
    ['av1', 33, 35],
  ] as const)('server 1.31 %s encodes %i×%i', async (codec, width, height) => {
    const picture = { width, height };
    const samples = Array.from({ length: 5 }, (_, position) => drawn(picture, position));
    const path = await joined(codec, [await encodeAll(settingsFor(codec, picture), samples)]);
    expect(await decodeErrors(path)).toEqual([]);
    expect(await frameTimes(path)).toHaveLength(5);
  });

  it.each(codecs)('server 1.32 %s keeps ten bits', async (codec) => {
    const picture = { width: 64, height: 48, bitDepth: 10 } as const;
    const segment = await encodeAll(settingsFor(codec, picture), [drawn(picture, 0)]);
    const path = await joined(codec, [segment]);
    expect(await decodeErrors(path)).toEqual([]);
    const probe = ['-v', 'error', '-show_entries', 'stream=pix_fmt', '-of', 'csv=p=0', path];
    const { stdout } = await promisify(execFile)('ffprobe', probe);
    expect(stdout.trim()).toBe('yuv420p10le');
  });

  it('server 1.33 equal quality is an equal picture with each codec, to 1.7 dB', async () => {
    const picture = { width: 640, height: 272 };
    const source = join(folder, 'source.mkv');
    const cut = ['-v', 'error', '-ss', '2', '-i', await clip('real/bikes'), '-frames:v', '25'];
    await promisify(execFile)('ffmpeg', [...cut, '-an', '-c:v', 'ffv1', source]);
    const raw = ['-v', 'error', '-i', source, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'];
    const options = { encoding: 'buffer', maxBuffer: 2 ** 28 } as const;
    const { stdout } = await promisify(execFile)('ffmpeg', raw, options);
    const bytes = bytesOf(picture);
    const means: number[] = [];
    for (const codec of codecs) {
      const samples = Array.from({ length: 25 }, (_, position) =>
        sampleOf(
          picture,
          Uint8Array.from(stdout.subarray(position * bytes, (position + 1) * bytes)),
        ),
      );
      const path = await joined(codec, [await encodeAll(settingsFor(codec, picture), samples)]);
      means.push((await psnr(source, path)).mean);
    }
    expect(Math.max(...means) - Math.min(...means)).toBeLessThan(1.7);
    expect(Math.min(...means)).toBeGreaterThan(43.5);
  });

  it.each(codecs)('server 1.34 %s can be closed at any time', async (codec) => {
    const picture = { width: 320, height: 180 };
    const unused = await NodeAvEncoder.open(settingsFor(codec, picture));
    unused.close();
    const busy = await NodeAvEncoder.open(settingsFor(codec, picture));
    await busy.encode(drawn(picture, 0));
    const last = busy.encode(drawn(picture, 1));
    busy.close();
    await last;
    await expect(busy.encode(drawn(picture, 2))).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  });

  it('server 1.35 refuses what it cannot encode, and says why', async () => {
    const tiny = settingsFor('av1', { width: 16, height: 16 });
    await expect(NodeAvEncoder.open(tiny)).rejects.toMatchObject({
      code: 'ENCODER_FAILED',
      message: expect.stringContaining('shorter than 32'),
    });
    const encoder = await NodeAvEncoder.open(settingsFor('avc', { width: 64, height: 48 }));
    const wrong = drawn({ width: 32, height: 32 }, 0);
    await expect(encoder.encode(wrong)).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
    encoder.close();
  });
});
