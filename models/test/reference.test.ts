import { describe, expect, it } from 'vitest';
import { expectedPictures, fixturePictures } from './fixtures.ts';
import { everyVariant } from './manifest.ts';
import { loadNetwork } from './network.ts';
import { largestDifference, type Picture } from './picture.ts';

describe('models and their references', () => {
  it.each(everyVariant)(
    '5.2 $name equals its independent reference within 1/255 on every fixture',
    async ({ model, variant }) => {
      const upscale = await loadNetwork(variant.file);
      const expected = expectedPictures(model.id, model.scale);
      for (const [name, picture] of fixturePictures) {
        const difference = largestDifference(await upscale(picture), expected.get(name) as Picture);
        expect(difference, name).toBeLessThan(1);
      }
    },
  );
});
