import { fileURLToPath } from 'node:url';
import type { ServerProvider } from '../inference/provider.ts';
import type { WorkerProgram } from './worker-process.ts';

const path = fileURLToPath(new URL('./worker.process.ts', import.meta.url));

interface Machine {
  readonly providers: readonly ServerProvider[];
  /** `null`: one for each GPU, or one for the processor. */
  readonly workers: number | null;
  readonly gpus: number;
}

/** A worker needs none of the settings, least of all the token. */
function environmentOf(index: number, gpus: number): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CLEARREEL_'));
  const device = gpus > 1 ? { CUDA_VISIBLE_DEVICES: String(index % gpus) } : {};
  return { ...Object.fromEntries(own), ...device };
}

/** The workers that a machine gets. Each sees one GPU where there are several. */
export function workerPrograms({ providers, workers, gpus }: Machine): readonly WorkerProgram[] {
  return Array.from({ length: workers ?? Math.max(1, gpus) }, (_, index) => ({
    path,
    args: [...providers],
    environment: environmentOf(index, gpus),
  }));
}
