import { resampleRgb } from '@clearreel/shared/frameops/resample';
import { bicubic } from '../../../models/test/bicubic.ts';
import { models } from '../../../models/test/manifest.ts';
import { loadNetwork } from '../../../models/test/network.ts';
import { type Picture, RGB } from '../../../models/test/picture.ts';

export interface Upscaler {
  readonly name: string;
  enlarge(picture: Picture, factor: number): Promise<Picture>;
}

/** As the app does: the model's own factor first, then the product's Lanczos to the size asked for. */
async function modelUpscaler({ id, variants }: (typeof models)[number]): Promise<Upscaler> {
  const file = variants.find(({ precision }) => precision === 'fp32')?.file;
  if (file === undefined) throw new Error(`${id} has no fp32 file`);
  const network = await loadNetwork(file);
  return {
    name: id,
    enlarge: async (picture, factor) =>
      resampled(await network(picture), picture.width * factor, picture.height * factor),
  };
}

/** Bicubic, Lanczos, and every model of the manifest. */
export async function loadUpscalers(): Promise<Upscaler[]> {
  return [
    { name: 'bicubic', enlarge: async (picture, factor) => bicubic(picture, factor) },
    {
      name: 'lanczos',
      enlarge: async (picture, factor) =>
        resampled(picture, picture.width * factor, picture.height * factor),
    },
    ...(await Promise.all(models.map(modelUpscaler))),
  ];
}

function resampled(picture: Picture, width: number, height: number): Picture {
  if (picture.width === width && picture.height === height) return picture;
  const planes = new Float32Array(RGB * width * height);
  const scratch = new Float32Array(RGB * width * picture.height);
  resampleRgb(picture.planes, picture, planes, { width, height }, scratch);
  return { width, height, planes };
}
