import { ClearReelError, reasonOf } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';

/** A GPU device with what the rest needs to know about it. One owner opens it, shares it and disposes of it. */
export interface Gpu {
  readonly device: GPUDevice;
  /** The adapter's own words: vendor and architecture, empty where the browser hides them. */
  readonly description: string;
  /** Whether the "GPU" is a program on the CPU. */
  readonly isSoftware: boolean;
  readonly hasFloat16: boolean;
  /** Resolves with the reason when the device is lost, not when it is disposed of. */
  readonly lost: Promise<string>;
  /** @throws ClearReelError DEVICE_LOST, or INFERENCE_FAILED for an error that the GPU reported meanwhile. */
  check(): void;
  dispose(): void;
}

const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|warp/i;

export const adapterDescription = ({ vendor, architecture, device, description }: GPUAdapterInfo) =>
  [...new Set([description || device, vendor, architecture])].filter(Boolean).join(' ');

/** A software adapter says so itself, or by its name. */
export const isSoftwareAdapter = (info: GPUAdapterInfo): boolean =>
  info.isFallbackAdapter || softwareNames.test(`${info.architecture} ${adapterDescription(info)}`);

/** The fastest adapter, or `null`. Never throws: some browsers reject where others resolve with `null`. */
export async function findAdapter(): Promise<GPUAdapter | null> {
  if (!('gpu' in navigator)) return null;
  try {
    return await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch {
    return null;
  }
}

type Limit = Exclude<keyof GPUSupportedLimits, '__brand'>;

/** Everything that the adapter has of what models and frames need; a device gets only the defaults unasked. */
const wantedLimits: readonly Limit[] = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupStorageSize',
  'maxTextureDimension2D',
  'maxBindGroups',
];

async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const features = (['shader-f16', 'subgroups'] as GPUFeatureName[]).filter((feature) =>
    adapter.features.has(feature),
  );
  const limits = Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit]]));
  return adapter.requestDevice({ requiredFeatures: features, requiredLimits: limits });
}

/** @throws ClearReelError PROVIDER_MISSING where there is no WebGPU or its device cannot be had. */
export async function openGpu(): Promise<Gpu> {
  const adapter = await findAdapter();
  if (adapter === null) {
    const reason = because('gpu' in navigator ? 'NO_ADAPTER' : 'NO_WEBGPU');
    throw new ClearReelError('PROVIDER_MISSING', { provider: 'WebGPU', reason });
  }
  let device: GPUDevice;
  try {
    device = await requestDevice(adapter);
  } catch (error) {
    const detail = { provider: 'WebGPU', reason: reasonOf(error) };
    throw new ClearReelError('PROVIDER_MISSING', detail, { cause: error });
  }
  let failure: ClearReelError | null = null;
  let disposed = false;
  device.addEventListener('uncapturederror', ({ error }) => {
    failure ??= new ClearReelError('INFERENCE_FAILED', {
      reason: `the GPU says: ${error.message}`,
    });
  });
  const lost = new Promise<string>((resolve) => {
    void device.lost.then(({ message, reason }) => {
      if (disposed) return;
      const words = message || reason;
      failure = new ClearReelError('DEVICE_LOST', { reason: words });
      resolve(words);
    });
  });
  return {
    device,
    description: adapterDescription(adapter.info),
    isSoftware: isSoftwareAdapter(adapter.info),
    hasFloat16: device.features.has('shader-f16'),
    lost,
    check() {
      if (failure) throw failure;
    },
    dispose() {
      disposed = true;
      device.destroy();
    },
  };
}
