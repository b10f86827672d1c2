import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bicubic } from './bicubic.ts';
import { inModels, models } from './manifest.ts';
import { psnrDb, ssim } from './metrics.ts';
import { loadNetwork } from './network.ts';
import { decodePng } from './png.ts';

const readPicture = (name: string) =>
  decodePng(readFileSync(inModels(`test/pictures/${name}.png`)));

/** The model's picture and bicubic's of one test picture, with the truth. */
async function comparison(modelId: string, pictureName: string) {
  const model = models.find(({ id }) => id === modelId);
  if (model === undefined) throw new Error(`no model ${modelId}`);
  const upscale = await loadNetwork(model.variants[0]?.file ?? '');
  const source = readPicture(`${pictureName}.source`);
  return {
    ours: await upscale(source),
    bicubic: bicubic(source, model.scale),
    truth: readPicture(`${pictureName}.truth`),
  };
}

// Gains are those measured on these pictures, rounded down; quality.json has the means over whole sets.
const psnrGains = [
  { id: 'reel-x2', picture: 'animation-crf23-x2', gainDb: 0.7 },
  { id: 'reel-x2', picture: 'text-crf23-x2', gainDb: 0.4 },
  { id: 'anime4k-s-x2', picture: 'photo-x2', gainDb: 1.6 },
  { id: 'anime4k-vl-x2', picture: 'photo-x2', gainDb: 1.8 },
  { id: 'anime4k-vl-x2', picture: 'animation-crf23-x2', gainDb: 0.6 },
  { id: 'span-x2', picture: 'photo-x2', gainDb: 3.4 },
  { id: 'span-x4', picture: 'photo-x4', gainDb: 3 },
];

const ssimGains = [
  { id: 'animevideov3-x2', picture: 'animation-crf28-x2', gain: 0.006 },
  { id: 'animevideov3-x2', picture: 'text-crf23-x2', gain: 0.05 },
  { id: 'animevideov3-x3', picture: 'animation-crf28-x3', gain: 0.008 },
  { id: 'animevideov3-x4', picture: 'animation-crf28-x4', gain: 0.007 },
];

describe('quality', () => {
  it.each(psnrGains)(
    '5.4 $id beats bicubic by $gainDb dB on $picture',
    async ({ id, picture, gainDb }) => {
      const { ours, bicubic: baseline, truth } = await comparison(id, picture);
      expect(psnrDb(ours, truth) - psnrDb(baseline, truth)).toBeGreaterThan(gainDb);
    },
  );

  it.each(ssimGains)(
    '5.4 $id, a restorer, beats bicubic by $gain of SSIM on $picture',
    async ({ id, picture, gain }) => {
      const { ours, bicubic: baseline, truth } = await comparison(id, picture);
      expect(ssim(ours, truth) - ssim(baseline, truth)).toBeGreaterThan(gain);
    },
  );

  it('5.4 reel-x2 is the best model on a compressed frame of animation', async () => {
    const names = ['reel-x2', 'anime4k-s-x2', 'anime4k-vl-x2', 'span-x2', 'animevideov3-x2'];
    const scores = new Map<string, number>();
    for (const id of names) {
      const { ours, truth } = await comparison(id, 'animation-crf23-x2');
      scores.set(id, psnrDb(ours, truth));
    }
    expect([...scores].sort(([, a], [, b]) => b - a)[0]?.[0]).toBe('reel-x2');
  });
});
