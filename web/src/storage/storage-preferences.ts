import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** How long results are kept; `null` is for ever. */
export interface KeepLimits {
  readonly days: number | null;
  /** Of all results together; the oldest go first. */
  readonly bytes: number | null;
}

export interface StoragePreferences {
  readonly keep: KeepLimits;
  /** Interrupted jobs go on when the page opens, where their files are at hand. */
  readonly continuesByItself: boolean;
  /** The browser's answer to being asked not to clear storage under pressure; `null` before it was asked. */
  readonly isPersistent: boolean | null;
}

export const useStoragePreferences = create<StoragePreferences>()(
  persist(
    (): StoragePreferences => ({
      keep: { days: null, bytes: null },
      continuesByItself: false,
      isPersistent: null,
    }),
    { name: 'clearreel-storage' },
  ),
);

/** Asks once that results are not cleared; some browsers ask the user, so this has its moment: a job is started. */
export async function askToPersist(): Promise<void> {
  if (useStoragePreferences.getState().isPersistent !== null) return;
  const isPersistent = await navigator.storage.persist();
  useStoragePreferences.setState({ isPersistent });
}
