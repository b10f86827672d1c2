import { heldWith, lockedJobs } from '../jobs/job-lock.ts';

const unsavedLock = 'clearreel-unsaved';
const pollMs = 2_000;
const betweenJobsMs = 500;

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Keeps every tab from being reloaded by an update until the returned function is called. */
export function holdUnsaved(): () => void {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  void navigator.locks.request(unsavedLock, { mode: 'shared' }, () => released);
  return release;
}

/** Whether some tab works on a job. */
export const isAnyJobRunning = async (): Promise<boolean> => (await lockedJobs()).size > 0;

/** Whether a reload would interrupt or lose something in some tab. */
export const wouldLoseWork = async (): Promise<boolean> =>
  (await isAnyJobRunning()) || (await heldWith(unsavedLock)).size > 0;

/** Locks tell nobody that they are free, short of taking them. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(pollMs);
}

/** Resolves when a reload would lose nothing. One look is not enough: between two jobs of a queue none is running. */
export async function untilNothingWouldBeLost(): Promise<void> {
  do {
    await until(async () => !(await wouldLoseWork()));
    await delay(betweenJobsMs);
  } while (await wouldLoseWork());
}
