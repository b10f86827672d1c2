import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { describe, expect, it } from 'vitest';
import { type AdapterFacts, chooseProvider, probeAdapter } from './choose.ts';

const real: AdapterFacts = {
  description: 'nvidia ampere',
  isSoftware: false,
  maxBufferBytes: 2 ** 31,
};
const probe = (facts: AdapterFacts | null) => async () => facts;

describe('choosing the provider', () => {
  it('7.2 takes a real GPU and names it', async () => {
    const choice = await chooseProvider({ probe: probe(real) });
    expect(choice).toMatchObject({
      value: 'webgpu',
      reason: 'The GPU does the work: nvidia ampere.',
    });
  });

  it('7.3 does not take an emulated GPU unasked, and says why', async () => {
    const choice = await chooseProvider({ probe: probe({ ...real, isSoftware: true }) });
    expect(choice.value).toBe('wasm');
    expect(choice.reason).toContain('emulated');
  });

  it('7.4 takes the processor where there is no adapter or its buffers are too small', async () => {
    expect((await chooseProvider({ probe: probe(null) })).value).toBe('wasm');
    const small = { ...real, maxBufferBytes: 128 * 2 ** 20 };
    const choice = await chooseProvider({ probe: probe(small), outputPixels: 7680 * 4320 });
    expect(choice.value).toBe('wasm');
    expect(choice.reason).toContain('398 MB');
  });

  it('7.5 honours a wish or refuses it', async () => {
    const software = probe({ ...real, isSoftware: true });
    expect((await chooseProvider({ wanted: 'webgpu', probe: software })).value).toBe('webgpu');
    expect((await chooseProvider({ wanted: 'wasm', probe: probe(real) })).value).toBe('wasm');
    const refused = await chooseProvider({ wanted: 'webgpu', probe: probe(null) }).catch((e) => e);
    expect(refused).toBeInstanceOf(ClearReelError);
    expect(refused.code).toBe('PROVIDER_MISSING');
  });

  it('7.6 recognises the software GPU of this test browser', async () => {
    const facts = await probeAdapter();
    if (facts?.description.match(/swiftshader/i)) expect(facts.isSoftware).toBe(true);
    expect((await chooseProvider()).value).toBe(facts && !facts.isSoftware ? 'webgpu' : 'wasm');
  });
});
