import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findModel } from '../inference/models.ts';
import { type ServerProvider, serverProviders } from '../inference/provider.ts';
import { machineName, modelName } from './figure-names.ts';
import { writeFigures } from './figures-file.ts';
import { measuredSpeeds } from './measured-speeds.ts';

const gpus = [{ name: 'a large GPU', totalBytes: 80e9, usedBytes: 0 }];
const model = 'reel-x2';

describe('server 2. measured models', () => {
  let dataFolder: string;
  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'clearreel-speeds-'));
  });
  afterEach(() => rm(dataFolder, { recursive: true }));

  const keep = (seconds: Partial<Record<ServerProvider, number>>) =>
    writeFigures(
      dataFolder,
      Object.fromEntries(
        Object.entries(seconds).map(([provider, secondsPerMegapixel]) => [
          machineName(provider as ServerProvider, gpus),
          { [modelName(findModel(model))]: { secondsPerMegapixel, loadSeconds: 1 } },
        ]),
      ),
    );
  const secondsOf = async (providers: readonly ServerProvider[] = serverProviders) =>
    (await measuredSpeeds({ dataFolder, providers, gpus })).map(
      ({ secondsPerMegapixel }) => secondsPerMegapixel,
    );

  it('server 2.22 nothing is said where nothing was measured', async () => {
    expect(await secondsOf()).toEqual([]);
  });

  it('server 2.23 the first provider that jobs may take says how fast a model is', async () => {
    await keep({ cuda: 0.01, webgpu: 0.03, cpu: 1 });
    expect(await secondsOf()).toEqual([0.01]);
    expect(await secondsOf(['webgpu', 'cuda'])).toEqual([0.03]);
    expect(await secondsOf(['cpu'])).toEqual([1]);
  });

  it('server 2.24 one that is slower than the processor by far does not, unless it is the only one', async () => {
    await keep({ webgpu: 20, cpu: 1 });
    expect(await secondsOf()).toEqual([1]);
    expect(await secondsOf(['webgpu'])).toEqual([20]);
  });

  it('server 2.26 the processor does not speak for a GPU that was not measured', async () => {
    await keep({ cpu: 1 });
    expect(await secondsOf()).toEqual([]);
    expect(await secondsOf(['cpu'])).toEqual([1]);
  });

  it('server 2.25 what was measured on another device is not taken for this one', async () => {
    await keep({ cuda: 0.01 });
    const other = [{ name: 'a small GPU', totalBytes: 2e9, usedBytes: 0 }];
    expect(await measuredSpeeds({ dataFolder, providers: ['cuda'], gpus: other })).toEqual([]);
  });
});
