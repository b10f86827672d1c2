import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { MediaSource, TimeSpan } from '@clearreel/shared/media/source';
import { factsAtRate } from '@clearreel/shared/sequence/frame-rate';
import { numberingGaps } from '@clearreel/shared/sequence/numbering';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { describe, expect, test } from 'vitest';
import { openGpu } from '../gpu/device.ts';
import { GpuFrameOps } from '../gpu/frame-ops.ts';
import { readBuffer } from '../gpu/read-back.testing.ts';
import { fingerprint } from '../jobs/fingerprint.ts';
import { openSource } from '../media/open-source.ts';
import { clipFile, referenceHashes, sha256 } from '../rescue/clips.test-kit.ts';
import { gatherSources } from './gather-sources.ts';
import { packImages } from './pack-images.ts';

const never = new AbortController().signal;
const whole: TimeSpan = { startSeconds: null, endSeconds: null };

const open = (file: File, framesPerSecond?: number) =>
  openSource(file, undefined, never, () => {}, { framesPerSecond });

/** The files of a ZIP clip, as they would lie in a folder. */
async function filesOf(name: string): Promise<File[]> {
  const files: File[] = [];
  for (const entry of await new ZipReader(new BlobReader(await clipFile(name))).getEntries()) {
    if (entry.directory) continue;
    const bytes = await entry.getData(new Uint8ArrayWriter(), { useWebWorkers: false });
    const name = entry.filename.split('/').at(-1) ?? '';
    const type = name.endsWith('.txt') ? 'text/plain' : '';
    files.push(new File([bytes], name, { type, lastModified: 0 }));
  }
  return files;
}

const found = (files: readonly File[], folder = '') => files.map((file) => ({ file, folder }));

interface Read {
  readonly times: number[];
  readonly ends: number[];
  readonly pictures: Uint8Array<ArrayBuffer>[];
}

/** R, G and B of each frame. */
async function read(source: MediaSource, span = whole): Promise<Read> {
  const result: Read = { times: [], ends: [], pictures: [] };
  for await (const { timestampSeconds, durationSeconds, sample } of source.frames(span, never)) {
    result.times.push(timestampSeconds);
    result.ends.push(timestampSeconds + durationSeconds);
    const frame = sample.toVideoFrame();
    sample.close();
    const rgba = new Uint8Array(frame.allocationSize({ format: 'RGBA' }));
    await frame.copyTo(rgba, { format: 'RGBA' });
    frame.close();
    result.pictures.push(rgba.filter((_, at) => at % 4 < 3));
  }
  return result;
}

describe('app 1.2 pictures become one source', () => {
  test('app 1.2.1 in the order that people count in, the same whatever order they come in', async () => {
    const files = await filesOf('pictures-gaps');
    const packed = packImages(files, 'Reel');
    expect(packed.name).toBe('Reel.frames');
    const again = packImages([...files].reverse(), 'Reel');
    expect(await fingerprint(again)).toBe(await fingerprint(packed));
    const plain = await read(await open(packed));
    expect(plain.pictures).toEqual((await read(await open(again))).pictures);
    expect(plain.pictures).toEqual(
      (await read(await open(await clipFile('pictures-gaps')))).pictures,
    );
  });

  test('app 1.2.2 pictures given together are one sequence, named after the first', async () => {
    const files = (await filesOf('pictures-png')).filter(({ name }) => name.startsWith('shot'));
    const sources = await gatherSources(found(files));
    expect(sources.map(({ file }) => file.name)).toEqual(['shot_1.frames']);
  });

  test('app 1.2.3 each folder is a sequence of its own, and what else lies in it is left out', async () => {
    const files = await filesOf('pictures-png');
    const sources = await gatherSources([
      ...found(files, 'Reel/day one'),
      ...found(files, 'Reel/day two'),
    ]);
    expect(sources.map(({ file }) => file.name)).toEqual(['day one.frames', 'day two.frames']);
    for (const { file } of sources) expect((await read(await open(file))).times).toHaveLength(12);
  });

  test('app 1.2.4 content tells a picture, not its name', async () => {
    const files = (await filesOf('bars-jpeg')).map((file, at) => new File([file], `frame ${at}`));
    const [source] = await gatherSources(found(files));
    expect((await open(source?.file as File)).facts.video.codec).toBe('jpeg');
  });

  test('app 1.2.5 videos beside pictures stay sources of their own', async () => {
    const video = await clipFile('plain-h264');
    const pictures = (await filesOf('bars-png')).slice(0, 3);
    const sources = await gatherSources(found([video, ...pictures]));
    expect(sources.map(({ file }) => file.name)).toEqual([video.name, '0001.frames']);
  });

  test('app 1.2.6 a lone picture is refused, wherever it lies', async () => {
    const files = await filesOf('picture-alone');
    const [source] = await gatherSources(found(files));
    for (const file of [source?.file, packImages(files, 'one'), await clipFile('picture-alone')]) {
      await expect(open(file as File)).rejects.toMatchObject({ code: 'SOURCE_SINGLE_PICTURE' });
    }
  });
});

describe('app 1.3 pictures are read exactly', () => {
  test('app 1.3.1 PNG bit by bit as ffmpeg reads them', async () => {
    const { pictures } = await read(await open(await clipFile('pictures-png')));
    const wanted = await referenceHashes('pictures-as-rgb', 'format=rgb24');
    expect(await Promise.all(pictures.map(sha256))).toEqual(wanted);
  });

  test.each([
    [undefined, 25, 1],
    [10, 10, 1],
    [29.97, 30_000, 1001],
    [23.976, 24_000, 1001],
    [12.5, 25, 2],
  ])('app 1.3.2 at a rate of %s the times are exact', async (rate, per, second) => {
    const source = await open(await clipFile('pictures-png'), rate);
    const { times, ends } = await read(source);
    const start = (position: number) => (position * second) / per;
    expect(times).toHaveLength(12);
    for (const [position, time] of times.entries()) {
      expect(time).toBeCloseTo(start(position), 12);
      expect(ends[position]).toBeCloseTo(start(position + 1), 12);
    }
    expect(await source.packetIndex(never)).toHaveLength(12);
    expect(source.facts.durationSeconds).toBeCloseTo(start(12), 12);
    expect(source.facts.video.constantFrameRate).toBeCloseTo(per / second, 9);
  });

  test('app 1.3.3 facts at another rate are those of opening it anew', async () => {
    const file = await clipFile('pictures-png');
    const { facts } = await open(file);
    expect(factsAtRate(facts, { framesPerSecond: 29.97 })).toEqual((await open(file, 29.97)).facts);
  });

  test('app 1.3.4 spans that meet share no frame and lose none', async () => {
    const source = await open(await clipFile('pictures-png'));
    const first = await read(source, { startSeconds: null, endSeconds: 0.2 });
    const second = await read(source, { startSeconds: 0.2, endSeconds: null });
    expect([first.times.length, second.times.length]).toEqual([5, 7]);
    expect([...first.pictures, ...second.pictures]).toEqual((await read(source)).pictures);
  });

  test('app 1.3.5 EXIF orientation is honoured', async () => {
    const source = await open(await clipFile('pictures-turned'));
    expect(source.facts.video).toMatchObject({ width: 54, height: 96, rotation: 0 });
    const [upright] = (await read(source)).pictures;
    const [stored] = (await read(await open(await clipFile('pictures-png')))).pictures;
    let error = 0;
    for (let y = 0; y < 96; y++) {
      for (let x = 0; x < 54; x++) {
        for (let channel = 0; channel < 3; channel++) {
          const found = upright?.[3 * (y * 54 + x) + channel] ?? 0;
          const wanted = stored?.[3 * ((53 - x) * 96 + y) + channel] ?? 255;
          error += Math.abs(found - wanted);
        }
      }
    }
    // Hard edges of saturated colours cost JPEG a little.
    expect(error / (54 * 96 * 3)).toBeLessThan(8);
  });

  test('app 1.3.6 transparent parts are black, and it is known', async () => {
    const source = await open(await clipFile('pictures-alpha'));
    expect(source.facts.video.hasAlpha).toBe(true);
    const [picture = new Uint8Array()] = (await read(source)).pictures;
    for (let y = 0; y < 54; y++) {
      expect(
        [...picture.subarray(y * 96 * 3, (y * 96 + 48) * 3)].every((value) => value === 0),
      ).toBe(true);
    }
    expect(Math.max(...picture)).toBeGreaterThan(200);
  });

  test.each(['pictures-png', 'bars-jpeg', 'bars-webp', 'pictures-turned', 'pictures-alpha'])(
    'app 1.3.7 on the GPU too (%s)',
    async (name) => {
      const source = await open(await clipFile(name));
      const onProcessor = new TypedArrayFrameOps();
      const gpu = await openGpu();
      const onGpu = new GpuFrameOps(gpu);
      for await (const { sample } of source.frames(whole, never)) {
        const wanted = onProcessor.toPicture(await onProcessor.load(sample)).rgb;
        const found = await readBuffer(gpu.device, onGpu.toPicture(await onGpu.load(sample)));
        sample.close();
        const errors = found.map((value, at) => 255 * Math.abs(value - (wanted[at] ?? 0)));
        expect(Math.max(...errors)).toBeLessThanOrEqual(1.001);
        break;
      }
      onGpu.dispose();
      gpu.dispose();
    },
  );
});

describe('app 1.4 what is wrong with a sequence is said', () => {
  test('app 1.4.1 damaged pictures are lost, the others keep their times', async () => {
    const source = await open(await clipFile('pictures-damaged'));
    expect(source.notices).toEqual([]);
    const { times } = await read(source);
    const kept = [0, 1, 2, 3, 5, 6, 8, 9, 10, 11].map((position) => position / 25);
    expect(times).toEqual(kept.map((seconds) => expect.closeTo(seconds, 9)));
    expect(source.notices).toMatchObject([
      { code: 'SPAN_DAMAGED', detail: { lost: 2, total: 12 } },
    ]);
  });

  test('app 1.4.2 missing numbers are counted', async () => {
    const source = await open(await clipFile('pictures-gaps'));
    expect(source.notices).toMatchObject([
      { code: 'SEQUENCE_GAPS', detail: { missing: 3, after: 'shot_3.png' } },
    ]);
  });

  test('app 1.4.3 numbers in steps and times of day miss nothing', () => {
    const named = (numbers: readonly number[]) => numbers.map((number) => `IMG_${number}.jpg`);
    expect(numberingGaps(named([10, 20, 30, 40]))).toBeNull();
    expect(numberingGaps(named([10, 20, 40, 50, 60]))).toEqual({ missing: 1, after: 'IMG_20.jpg' });
    expect(numberingGaps(named([120_301, 120_517, 121_004, 135_912]))).toBeNull();
    expect(numberingGaps(['a.png', 'b.png'])).toBeNull();
  });

  test.each([
    ['pictures-sizes', 'SEQUENCE_SIZES', { name: 'shot_5.png', width: 98 }],
    ['pictures-bomb', 'SOURCE_TOO_LARGE', { width: 30_000 }],
    ['pictures-encrypted', 'SOURCE_ENCRYPTED', {}],
  ])('app 1.4.4 %s is refused with %s', async (name, code, detail) => {
    await expect(open(await clipFile(name))).rejects.toMatchObject({ code, detail });
  });

  test('app 1.4.5 a ZIP that is cut is refused as damaged', async () => {
    const file = await clipFile('pictures-png');
    const cut = new File([file.slice(0, file.size / 2)], file.name);
    await expect(open(cut)).rejects.toMatchObject({
      ...{ code: 'SOURCE_UNREADABLE', detail: { reason: { code: 'ZIP_DAMAGED' } } },
    });
  });

  test('app 1.4.6 pictures behind the end of a cut file are lost, and that is said', async () => {
    const file = await clipFile('pictures-packed');
    const source = await open(new File([file.slice(0, file.size - 500)], file.name));
    expect((await read(source)).times).toHaveLength(11);
    expect(source.notices).toMatchObject([{ code: 'SPAN_DAMAGED', detail: { lost: 1 } }]);
  });

  test('app 1.4.7 an entry that unpacks to more than it claims is not read further', async () => {
    const zip = new Uint8Array(await (await clipFile('pictures-png')).arrayBuffer());
    for (const signature of ['PK\x01\x02', 'PK\x03\x04']) {
      const text = new TextDecoder('latin1').decode(zip);
      const header = text.lastIndexOf(
        signature,
        text.indexOf('shot_3.png', text.indexOf(signature)),
      );
      const sizeAt = header + (signature.endsWith('\x02') ? 24 : 22);
      new DataView(zip.buffer).setUint32(sizeAt, 100, true);
    }
    const source = await open(new File([zip], 'hostile.zip'));
    expect((await read(source)).times).toHaveLength(11);
    expect(source.notices).toMatchObject([{ code: 'SPAN_DAMAGED', detail: { lost: 1 } }]);
  });
});
