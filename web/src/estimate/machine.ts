import { version } from '../../package.json';
import { chooseProvider, probeAdapter } from '../inference/choose.ts';
import type { Provider } from '../jobs/job-record.ts';

export interface Machine {
  readonly provider: Provider;
  readonly cores: number;
  /** Memory that a job may take. */
  readonly memoryBytes: number;
  /** Figures of one scope are comparable. */
  readonly scope: string;
}

/** WebAssembly addresses no more, and browsers that say nothing are mostly on machines with 8 GB. */
const wasmBytes = 4e9;
const typicalGigabytes = 8;

/** The part of a machine's memory that one page may take without making everything else slow. */
const ourShare = 0.5;

/** @throws ClearReelError `PROVIDER_MISSING` when the wanted provider cannot run here. */
export async function describeMachine(
  wanted: Provider | undefined,
  outputPixels: number,
): Promise<Machine> {
  const { value: provider } = await chooseProvider({ wanted: wanted ?? null, outputPixels });
  const cores = navigator.hardwareConcurrency || 1;
  const { deviceMemory = typicalGigabytes } = navigator as { deviceMemory?: number };
  const threads = globalThis.crossOriginIsolated ? cores : 1;
  const name = provider === 'webgpu' ? (await probeAdapter())?.description : `${threads} threads`;
  const shareBytes = deviceMemory * 1e9 * ourShare;
  return {
    provider,
    cores,
    memoryBytes: provider === 'wasm' ? Math.min(shareBytes, wasmBytes) : shareBytes,
    scope: `${version} ${provider} ${name ?? ''} ${cores}`,
  };
}
