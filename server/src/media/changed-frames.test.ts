import { describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { ffmpeg } from '../../../e2e/reference/ffmpeg.ts';
import { expectSameTimes, framesOf, hashOf, open, shownTimes, signal } from './reading.test-kit.ts';

const deinterlaced = { deinterlace: true };

async function read(
  source: Awaited<ReturnType<typeof open>>,
  startSeconds: number | null = null,
  endSeconds: number | null = null,
) {
  const seconds: number[] = [];
  const hashes: string[] = [];
  for await (const { sample, timestampSeconds } of framesOf(source, startSeconds, endSeconds)) {
    seconds.push(timestampSeconds);
    hashes.push(await hashOf(sample));
  }
  return { seconds, hashes };
}

/** MD5 of each frame as ffmpeg's command line filters it. */
async function filteredByFfmpeg(path: string, filters: string): Promise<string[]> {
  const output = ['-vf', filters, '-fps_mode', 'passthrough', '-f', 'framemd5', '-'];
  const report = (await ffmpeg(['-i', path, ...output])).toString();
  const lines = report.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.slice(line.lastIndexOf(',') + 1).trim());
}

describe('server 1.14 interlaced video becomes whole pictures where the spec says so', () => {
  test.each(['interlaced-mpeg2', 'interlaced-h264'])(
    '%s as ffmpeg’s bwdif makes them, with the same count and times',
    async (name) => {
      const path = await clip(name);
      const source = await open(path, deinterlaced);
      const { seconds, hashes } = await read(source);
      expectSameTimes(seconds, await shownTimes(path));
      const reference = await filteredByFfmpeg(path, 'bwdif=mode=send_frame:deint=all');
      expect(hashes).toHaveLength(reference.length);
      // What stands in for the frame before the first has changed between versions of the filter.
      expect(hashes.slice(1)).toEqual(reference.slice(1));
      expect(source.notices).toEqual([]);
      source.dispose();
    },
  );

  test('a frame looks the same wherever its span begins', async () => {
    const source = await open(await clip('interlaced-mpeg2'), deinterlaced);
    const whole = await read(source);
    const index = await source.packetIndex(signal);
    const cut = index[17]?.timestampSeconds ?? 0;
    const [before, behind] = [await read(source, null, cut), await read(source, cut)];
    expect([...before.hashes, ...behind.hashes]).toEqual(whole.hashes);
    expect([...before.seconds, ...behind.seconds]).toEqual(whole.seconds);
    source.dispose();
  });

  test.each([
    ['interlaced-mpeg2', ['INTERLACED']],
    ['interlaced-h264', ['INTERLACED']],
    ['mpeg2-ps', []],
  ])('it is proposed for %s: %j', async (name, codes) => {
    const source = await open(await clip(name));
    expect(source.notices.map(({ code }) => code)).toEqual(codes);
    source.dispose();
  });
});

test.each(['hdr-pq', 'hdr-hlg', 'hdr10-hevc'])(
  'server 1.15 %s is shown as SDR does where the spec says so',
  async (name) => {
    const path = await clip(name);
    const source = await open(path, { toSdr: true });
    let frames = 0;
    for await (const { sample } of framesOf(source)) {
      const tags = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };
      expect(sample.colorSpace).toMatchObject(tags);
      expect(sample.format).toBe('I420');
      frames++;
    }
    expect(frames).toBe((await shownTimes(path)).length);
    source.dispose();
  },
);

test('server 1.16 what a video says to HDR displays is read', async () => {
  const source = await open(await clip('hdr10-hevc'));
  expect(source.facts.video.hdrMetadata).toEqual({
    masteringDisplay: {
      ...{ red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] },
      ...{ whitePoint: [0.3127, 0.329], minLuminance: 0.0001, maxLuminance: 1000 },
    },
    contentLight: { maxCll: 1000, maxFall: 400 },
  });
  source.dispose();
});
