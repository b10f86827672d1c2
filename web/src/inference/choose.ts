import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice } from '@clearreel/shared/media/facts';
import { adapterDescription, findAdapter, isSoftwareAdapter } from '../gpu/device.ts';

export type Provider = 'webgpu' | 'wasm';

/** What choosing needs to know of an adapter. */
export interface AdapterFacts {
  readonly description: string;
  readonly isSoftware: boolean;
  /** Largest storage buffer, in bytes. */
  readonly maxBufferBytes: number;
}

export interface ChooseProviderOptions {
  /** The user's wish, honoured or refused, never replaced. */
  readonly wanted?: Provider | null;
  /** Size of the enhanced picture; its buffer has to fit the GPU. */
  readonly outputPixels?: number;
  /** `null` where there is no WebGPU or no adapter; tests say what they like. */
  readonly probe?: () => Promise<AdapterFacts | null>;
}

export async function probeAdapter(): Promise<AdapterFacts | null> {
  const adapter = await findAdapter();
  if (adapter === null) return null;
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  return {
    description: adapterDescription(adapter.info),
    isSoftware: isSoftwareAdapter(adapter.info),
    maxBufferBytes: Math.min(maxBufferSize, maxStorageBufferBindingSize),
  };
}

const bytesPerPixel = 12;

/** Why WebGPU cannot run at all here, or `null`. */
function obstacle(facts: AdapterFacts | null, outputPixels: number): string | null {
  if (facts === null) return 'this browser offers no WebGPU adapter';
  const needed = outputPixels * bytesPerPixel;
  if (needed <= facts.maxBufferBytes) return null;
  const [needs, has] = [needed, facts.maxBufferBytes].map((bytes) => Math.ceil(bytes / 2 ** 20));
  return `the enhanced picture needs a buffer of ${needs} MB and this GPU allows ${has} MB`;
}

/**
 * Chooses where models run: WebGPU on a real GPU, else WebAssembly. A software GPU is never chosen unasked:
 * WebAssembly is about 100 times faster there.
 *
 * @throws ClearReelError PROVIDER_MISSING when the wanted provider cannot run here
 */
export async function chooseProvider({
  wanted = null,
  outputPixels = 0,
  probe = probeAdapter,
}: ChooseProviderOptions = {}): Promise<Choice<Provider>> {
  if (wanted === 'wasm') return { value: 'wasm', reason: 'You chose the processor.' };
  const facts = await probe();
  const reason = obstacle(facts, outputPixels);
  const gpuName = facts?.description || 'the GPU';
  if (wanted === 'webgpu') {
    if (reason !== null)
      throw new ClearReelError('PROVIDER_MISSING', { provider: 'webgpu', reason });
    return { value: 'webgpu', reason: `You chose the GPU (${gpuName}).` };
  }
  if (reason !== null) {
    return { value: 'wasm', reason: `The processor does the work: ${reason}.` };
  }
  if (facts?.isSoftware) {
    const why = `the browser's GPU is only emulated (${gpuName}), which is about 100 times slower`;
    return { value: 'wasm', reason: `The processor does the work: ${why}.` };
  }
  return { value: 'webgpu', reason: `The GPU does the work: ${gpuName}.` };
}
