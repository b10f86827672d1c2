import { runningJobs } from '../jobs/job-lock.ts';

const unsavedLock = 'clearreel-unsaved';
const pollMs = 2_000;

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

async function isUnsaved(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === unsavedLock);
}

/** Whether some tab runs a job. */
export const isAnyJobRunning = async (): Promise<boolean> => (await runningJobs()).size > 0;

/** Whether a reload would interrupt or lose something in some tab. */
export const wouldLoseWork = async (): Promise<boolean> =>
  (await isAnyJobRunning()) || (await isUnsaved());

/** Resolves once `isSo` is false. Locks tell nobody that they are free, short of taking them. */
export async function until(isOver: () => Promise<boolean>): Promise<void> {
  while (!(await isOver())) await delay(pollMs);
}
