import { type Backend as AnyBackend, pairBackend } from '@clearreel/shared/enhance/backend';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { Choice } from '@clearreel/shared/media/facts';
import { chooseProvider } from '../inference/choose.ts';
import { WasmInferenceHost } from '../inference/wasm-host.ts';
import type { Provider } from '../jobs/job-record.ts';

export type Backend = AnyBackend<Provider>;

function openWasmBackend(provider: Choice<Provider>): Backend {
  const ops = new TypedArrayFrameOps();
  return pairBackend(provider, ops, new WasmInferenceHost({ tiles: ops.tiles }));
}

async function openGpuBackend(provider: Choice<Provider>): Promise<Backend> {
  const [{ openGpu }, { GpuFrameOps }, { WebGpuInferenceHost }] = await Promise.all([
    import('../gpu/device.ts'),
    import('../gpu/frame-ops.ts'),
    import('../inference/webgpu-host.ts'),
  ]);
  const gpu = await openGpu();
  const ops = new GpuFrameOps(gpu);
  const inference = new WebGpuInferenceHost({ gpu, tiles: ops.tiles });
  return pairBackend(provider, ops, inference, async () => gpu.dispose());
}

/** @throws ClearReelError `PROVIDER_MISSING` when the wanted provider cannot run here. */
export async function openBackend(
  wanted: Provider | undefined,
  outputPixels: number,
): Promise<Backend> {
  return openBackendOn(await chooseProvider({ wanted: wanted ?? null, outputPixels }));
}

export async function openBackendOn(provider: Choice<Provider>): Promise<Backend> {
  return provider.value === 'webgpu' ? openGpuBackend(provider) : openWasmBackend(provider);
}
