/** Runs that do not count, because they compile and allocate; the first of them where time is short. */
const warmUps = 3;

/** Runs that a median is taken of, where time allows. */
const fewestRuns = 3;
const mostRuns = 9;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Median seconds of one run. A run so slow that three would pass the budget counts alone. */
export async function medianSeconds(
  run: () => Promise<void>,
  budgetSeconds: number,
  signal: AbortSignal,
): Promise<number> {
  const startMs = performance.now();
  const spentSeconds = () => (performance.now() - startMs) / 1000;
  for (let warmUp = 0; warmUp < warmUps; warmUp++) {
    await run();
    if (spentSeconds() > budgetSeconds / 4) break;
  }
  const runs: number[] = [];
  while (runs.length < mostRuns) {
    signal.throwIfAborted();
    const runMs = performance.now();
    await run();
    runs.push((performance.now() - runMs) / 1000);
    const isEnough = runs.length >= fewestRuns && spentSeconds() > budgetSeconds / 2;
    if (isEnough || spentSeconds() + median(runs) > budgetSeconds) break;
  }
  return median(runs);
}
