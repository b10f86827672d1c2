import { heldWith } from '../jobs/job-lock.ts';

const prefix = 'clearreel-tab-';

/** A tab as others see it: it lives as long as it holds the lock with its name. */
export interface Tab {
  readonly id: string;
  close(): void;
}

export function openTab(): Tab {
  const id = crypto.randomUUID();
  let close = () => {};
  const life = new Promise<void>((resolve) => {
    close = resolve;
  });
  void navigator.locks.request(`${prefix}${id}`, () => life);
  return { id, close };
}

export const livingTabs = (): Promise<ReadonlySet<string>> => heldWith(prefix);

/** Resolves once the tab is gone, closed or crashed. */
export async function tabEnd(id: string): Promise<void> {
  await navigator.locks.request(`${prefix}${id}`, { mode: 'shared' }, async () => {});
}
