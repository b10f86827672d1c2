import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelFigure } from '@clearreel/shared/estimate/figures';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findModel } from '../inference/models.ts';
import { measureModels } from './measure.ts';

describe('server 2. measuring models', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-figures-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function measured(again = false): Promise<ModelFigure[]> {
    const figures: ModelFigure[] = [];
    await measureModels({
      provider: 'cpu',
      models: [findModel('anime4k-s-x2')],
      dataFolder: folder,
      again,
      signal: new AbortController().signal,
      onFigure: (_, figure) => figures.push(figure),
    });
    return figures;
  }

  it('server 2.20 a model is measured once for each provider, device and file, and anew when asked', async () => {
    const [first] = await measured();
    expect(first?.secondsPerMegapixel).toBeGreaterThan(0);
    expect(await measured()).toEqual([first]);
    const [anew] = await measured(true);
    expect(anew).not.toEqual(first);
    expect(await measured()).toEqual([anew]);
  });

  it('server 2.21 a file of figures that is damaged is made anew', async () => {
    await writeFile(join(folder, 'figures.json'), '{"version"');
    const [figure] = await measured();
    const kept = JSON.parse(await readFile(join(folder, 'figures.json'), 'utf8'));
    expect(Object.values(Object.values(kept.machines)[0] as object)).toEqual([figure]);
  });
});
