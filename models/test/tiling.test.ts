import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { inModels, type Model, models } from './manifest.ts';
import { loadNetwork, type Upscale } from './network.ts';
import { crop, grey, largestDifference, type Picture } from './picture.ts';
import { decodePng } from './png.ts';

const CORE_PX = 48;

/** Largest difference, in 1/255, between the upscaled picture and its tiles upscaled one by one. */
async function tilingError(upscale: Upscale, model: Model, picture: Picture): Promise<number> {
  const whole = await upscale(picture);
  const { scale, receptiveField: halo } = model;
  let largest = 0;
  for (let top = 0; top < picture.height; top += CORE_PX) {
    for (let left = 0; left < picture.width; left += CORE_PX) {
      const width = Math.min(CORE_PX, picture.width - left);
      const height = Math.min(CORE_PX, picture.height - top);
      const [x, y] = [Math.max(0, left - halo), Math.max(0, top - halo)];
      const right = Math.min(picture.width, left + width + halo);
      const bottom = Math.min(picture.height, top + height + halo);
      const tile = await upscale(crop(picture, x, y, right - x, bottom - y));
      const [inLeft, inTop] = [(left - x) * scale, (top - y) * scale];
      const core = crop(tile, inLeft, inTop, width * scale, height * scale);
      const same = crop(whole, left * scale, top * scale, width * scale, height * scale);
      largest = Math.max(largest, largestDifference(core, same));
    }
  }
  return largest;
}

/** Hard noise from a linear congruential generator: what reaches farthest through a network. */
function hardNoise(width: number, height: number): Picture {
  let state = 1;
  return grey(width, height, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31 < 0.5 ? 0 : 1;
  });
}

describe('tiles', () => {
  let photo: Picture;
  let text: Picture;
  beforeAll(() => {
    const read = (name: string) => decodePng(readFileSync(inModels(`test/pictures/${name}.png`)));
    photo = read('photo-x2.source');
    text = crop(read('text-crf23-x2.source'), 0, 0, 96, 96);
  });

  it.each(models)('5.3 $id tiled with its halo equals untiled within 1/255', async (model) => {
    const upscale = await loadNetwork(model.variants[0]?.file ?? '');
    expect(await tilingError(upscale, model, photo), 'photo').toBeLessThan(1);
    expect(await tilingError(upscale, model, text), 'text').toBeLessThan(1);
    expect(await tilingError(upscale, model, hardNoise(96, 80)), 'noise').toBeLessThan(1);
  });
});
