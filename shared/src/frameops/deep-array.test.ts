import { VideoSample } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { describeFrameOps } from './contract.suite.ts';
import { DeepArrayFrameOps } from './deep-array.ts';

const bt709 = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };
const hdr10 = { primaries: 'bt2020', transfer: 'pq', matrix: 'bt2020-ncl', fullRange: false };

describeFrameOps(
  'typed arrays of 16 bits',
  async () => {
    const ops = new DeepArrayFrameOps(bt709);
    return {
      ops,
      makeTile: ({ width, height }, values) => ops.tiles.adopt(width, height, values),
      readTile: async (tile) => tile.data.slice(),
      readPicture: async (picture) => picture.rgb.slice(),
      readSample: async (sample) => {
        const { rgb } = await new DeepArrayFrameOps(bt709).load(sample);
        const area = rgb.length / 3;
        return Uint8Array.from(rgb, (_, i) =>
          Math.round((rgb[(i % 3) * area + Math.floor(i / 3)] as number) / 257),
        );
      },
    };
  },
  { of255: 1, resample: 2e-5 },
);

const size = { width: 32, height: 16 };
const area = size.width * size.height;

/** A ramp through all 10-bit levels of luma, with one colour. */
function ramp(colorSpace: VideoColorSpaceInit): { values: Uint16Array; sample: VideoSample } {
  const values = new Uint16Array(area * 1.5);
  for (let i = 0; i < area; i++) values[i] = 200 + i;
  values.fill(540, area, area * 1.25);
  values.fill(500, area * 1.25);
  const sample = new VideoSample(new Uint8Array(values.buffer), {
    ...{ format: 'I420P10', codedWidth: size.width, codedHeight: size.height, timestamp: 0 },
    colorSpace,
  });
  return { values, sample };
}

describe('server 1.11 a 10-bit picture that nothing is done to keeps every value', () => {
  test.each([
    { name: 'BT.709', tags: bt709 },
    { name: 'BT.2020 PQ', tags: hdr10 },
    { name: 'BT.2020 HLG', tags: { ...hdr10, transfer: 'hlg' } },
  ])('$name', async ({ tags }) => {
    const ops = new DeepArrayFrameOps(tags);
    const { values, sample } = ramp(tags as VideoColorSpaceInit);
    const source = await ops.load(sample);
    const result = await ops.toSample(ops.toPicture(source), 0, 0.04);
    const out = new Uint16Array(area * 1.5);
    await result.copyTo(new Uint8Array(out.buffer));
    expect(out).toEqual(values);
    expect(result.format).toBe('I420P10');
    expect(result.colorSpace).toMatchObject(tags);
    sample.close();
    result.close();
    ops.dispose();
  });
});

test('server 1.12 values that differ by less than 8 bits show are told apart', async () => {
  const ops = new DeepArrayFrameOps(bt709);
  const one = await ops.load(ramp(bt709 as VideoColorSpaceInit).sample);
  const { values } = ramp(bt709 as VideoColorSpaceInit);
  values[5] = (values[5] ?? 0) + 1;
  const other = await ops.load(
    new VideoSample(new Uint8Array(values.buffer), {
      ...{ format: 'I420P10', codedWidth: size.width, codedHeight: size.height, timestamp: 0 },
      colorSpace: bt709 as VideoColorSpaceInit,
    }),
  );
  const whole = { x: 0, y: 0, ...size };
  expect([...(await ops.compare(one, one, [whole]))]).toEqual([0]);
  expect([...(await ops.compare(one, other, [whole]))]).toEqual([1]);
  ops.dispose();
});
