import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice } from '@clearreel/shared/media/facts';
import { choice } from '@clearreel/shared/notices/notice';
import { because } from '@clearreel/shared/notices/reasons';
import type { Text } from '@clearreel/shared/texts/text';
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
function obstacleTo(facts: AdapterFacts | null, outputPixels: number): Text | null {
  if (facts === null) return because('NO_ADAPTER');
  const neededBytes = outputPixels * bytesPerPixel;
  const allowedBytes = facts.maxBufferBytes;
  return neededBytes <= allowedBytes
    ? null
    : because('GPU_BUFFER_SMALL', { neededBytes, allowedBytes });
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
  if (wanted === 'wasm') return choice('wasm', 'CPU_WANTED');
  const facts = await probe();
  const obstacle = obstacleTo(facts, outputPixels);
  const gpu = facts?.description ?? '';
  if (wanted === 'webgpu') {
    if (obstacle !== null) {
      throw new ClearReelError('PROVIDER_MISSING', { provider: 'WebGPU', reason: obstacle });
    }
    return gpu ? choice('webgpu', 'GPU_WANTED', { gpu }) : choice('webgpu', 'GPU_WANTED_UNNAMED');
  }
  if (obstacle !== null) return choice('wasm', 'CPU_WORKS', { obstacle });
  if (facts?.isSoftware) {
    return choice('wasm', 'CPU_WORKS', { obstacle: because('GPU_EMULATED', { gpu }) });
  }
  return gpu ? choice('webgpu', 'GPU_WORKS', { gpu }) : choice('webgpu', 'GPU_WORKS_UNNAMED');
}
