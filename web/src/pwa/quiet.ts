import { isAnyJobRunning, until } from './busy.ts';

const quietMs = 8_000;

let lastInputMs = performance.now();
for (const type of ['pointerdown', 'keydown', 'drop'] as const) {
  addEventListener(
    type,
    () => {
      lastInputMs = performance.now();
    },
    { capture: true, passive: true },
  );
}

/** Resolves when the page is seen, the user has let it be for a while, and no tab runs a job. */
export const whenQuiet = (): Promise<void> =>
  until(
    async () =>
      document.visibilityState === 'visible' &&
      performance.now() - lastInputMs >= quietMs &&
      !(await isAnyJobRunning()),
  );
