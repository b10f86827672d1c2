import { availableParallelism, cpus } from 'node:os';
import { variantOf } from '@clearreel/shared/models/catalogue';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import type { ServerProvider } from '../inference/provider.ts';
import type { Gpu } from '../system/gpu.ts';

/** What figures are kept by: a provider on its device. */
export function machineName(provider: ServerProvider, gpus: readonly Gpu[]): string {
  const gpu = provider === 'cpu' ? undefined : gpus[0];
  const processor = `${cpus()[0]?.model.trim() ?? 'unknown'} ×${availableParallelism()}`;
  return `${provider} ${gpu?.name ?? processor}`;
}

/** And a model by its file: another one may be faster. */
export const modelName = (model: ModelEntry): string =>
  `${model.id} ${variantOf(model, 'fp32').sha256}`;
