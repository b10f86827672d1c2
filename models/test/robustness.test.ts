import { describe, expect, it } from 'vitest';
import { bicubic } from './bicubic.ts';
import { everyVariant, type Model, models } from './manifest.ts';
import { loadNetwork } from './network.ts';
import { crop, grey, largestDifference, type Picture } from './picture.ts';

const SIZE_PX = 48;
const black = grey(SIZE_PX, SIZE_PX, () => 0);
const white = grey(SIZE_PX, SIZE_PX, () => 1);
const checkerboard = grey(SIZE_PX, SIZE_PX, (x, y) => (x + y) % 2);

const isShowable = ({ planes }: Picture) => planes.every((value) => value >= 0 && value <= 1);
const mean = ({ planes }: Picture) => planes.reduce((sum, value) => sum + value, 0) / planes.length;

/** The part whose receptive field lies wholly inside the picture. */
function interior(output: Picture, { receptiveField, scale }: Model): Picture {
  const rim = receptiveField * scale;
  return crop(output, rim, rim, output.width - 2 * rim, output.height - 2 * rim);
}

describe('hostile pictures', () => {
  it.each(everyVariant)('5.5 $name keeps black and white flat', async ({ model, variant }) => {
    const upscale = await loadNetwork(variant.file);
    for (const flat of [black, white]) {
      const output = await upscale(flat);
      const wanted = bicubic(flat, model.scale);
      expect(isShowable(output)).toBe(true);
      expect(largestDifference(interior(output, model), interior(wanted, model))).toBeLessThan(1);
      // The networks were trained with zeros outside the picture, which shows at the rim.
      expect(largestDifference(output, wanted)).toBeLessThan(10);
    }
  });

  it.each(everyVariant)('5.5 $name stays sane on a checkerboard', async ({ variant }) => {
    const output = await (await loadNetwork(variant.file))(checkerboard);
    expect(isShowable(output)).toBe(true);
    expect(Math.abs(mean(output) - mean(checkerboard))).toBeLessThan(0.08);
  });

  it.each(models.filter(({ id }) => id.startsWith('span-')))(
    '5.5 $id gives bicubic where its network bursts',
    async (model) => {
      const output = await (await loadNetwork(model.variants[0]?.file ?? ''))(checkerboard);
      expect(largestDifference(output, bicubic(checkerboard, model.scale))).toBeLessThan(1);
    },
  );

  it.each(everyVariant)(
    '5.5 $name takes any size down to one pixel',
    async ({ model, variant }) => {
      const upscale = await loadNetwork(variant.file);
      for (const [width, height] of [
        [1, 1],
        [7, 3],
        [31, 17],
      ] as const) {
        const output = await upscale(grey(width, height, () => 0.5));
        expect([output.width, output.height]).toEqual([width * model.scale, height * model.scale]);
        expect(isShowable(output)).toBe(true);
      }
    },
  );
});
