import { because } from '@clearreel/shared/notices/reasons';
import { describe, expect, it } from 'vitest';
import { chooseProvider } from './choose-provider.ts';
import { type Probe, probeProvider } from './probe.ts';
import type { ServerProvider } from './provider.ts';

const works = (tookMs: number): Probe => ({ tookMs, obstacle: null });
const fails: Probe = { tookMs: null, obstacle: because('NO_GPU_FOUND') };

const machine = (probes: Partial<Record<ServerProvider, Probe>>) => async (name: ServerProvider) =>
  probes[name] ?? fails;

describe('server 1. choosing what runs the models', () => {
  it('server 1.20 the first of the list that works, and why the others do not', async () => {
    const chosen = await chooseProvider(
      ['cuda', 'webgpu', 'cpu'],
      machine({ webgpu: works(3), cpu: works(1) }),
    );
    expect(chosen).toMatchObject({ value: 'webgpu', why: { code: 'PROVIDER_WORKS' } });
    const last = await chooseProvider(['cuda', 'webgpu', 'cpu'], machine({ cpu: works(1) }));
    expect(last.value).toBe('cpu');
    expect(last.reason).toBe(
      'The processor does the work: CUDA: no GPU was found that it can use; WebGPU: no GPU was found that it can use.',
    );
  });

  it('server 1.21 an emulated GPU is passed over, unless nothing else is allowed', async () => {
    const emulated = machine({ webgpu: works(900), cpu: works(2) });
    const chosen = await chooseProvider(['webgpu', 'cpu'], emulated);
    expect(chosen.value).toBe('cpu');
    expect(chosen.reason).toContain('450 times slower');
    expect((await chooseProvider(['webgpu'], emulated)).value).toBe('webgpu');
  });

  it('server 1.22 no provider that works is an error with every reason', async () => {
    await expect(chooseProvider(['cuda', 'webgpu'], machine({}))).rejects.toMatchObject({
      code: 'PROVIDER_MISSING',
      message: expect.stringMatching(/CUDA: no GPU .*WebGPU: no GPU/),
    });
  });

  it('server 1.23 a trial really runs a model, and one that does not end is given up', async () => {
    expect((await probeProvider('cpu')).tookMs).toBeGreaterThan(0);
    expect((await probeProvider('cpu', 0.001)).obstacle?.code).toBe('PROBE_SILENT');
  });
});
