import { Engine } from './engine.ts';
import type { FinishedRun, RunJobOptions } from './run-options.ts';

export type { FinishedRun, RunJobOptions } from './run-options.ts';

/** One job alone; who runs several keeps an `Engine`. */
export async function runJob(options: RunJobOptions): Promise<FinishedRun> {
  const engine = new Engine();
  try {
    return await engine.runJob(options);
  } finally {
    await engine.release();
  }
}
