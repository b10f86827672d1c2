import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { create } from 'zustand';

interface Offline {
  /**
   * `idle`: not begun, because the user is busy, or because the connection is metered and has to be asked for.
   * `unavailable`: this browser has no service workers. `ready`: jobs run without a network.
   */
  readonly state: 'unavailable' | 'idle' | 'loading' | 'ready' | 'failed';
  readonly receivedBytes: number;
  /** Of what was missing when loading began; 0 before that. */
  readonly totalBytes: number;
  /** Whether nothing is loaded ahead unless the user asks: data saver, or a mobile network. */
  readonly isMetered: boolean;
  readonly error: ErrorReport | null;
}

interface Update {
  /** `waiting`: a new version is here and wants to be asked for. `after-work`: asked for, and waits for its moment. */
  readonly state: 'none' | 'waiting' | 'after-work';
}

/** What the browser gives for asking the user whether to install. */
export interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

export interface PwaState {
  readonly offline: Offline;
  readonly update: Update;
  /** Absent where the app is installed already or the browser has another way. It can be used once. */
  readonly installPrompt: InstallPrompt | null;
  /** Runtimes and models that some work waits for now, all of them together. */
  readonly download: { readonly receivedBytes: number; readonly totalBytes: number } | null;
}

export const usePwa = create<PwaState>()(() => ({
  offline: { state: 'idle', receivedBytes: 0, totalBytes: 0, isMetered: false, error: null },
  update: { state: 'none' },
  installPrompt: null,
  download: null,
}));

export const setOffline = (change: Partial<Offline>): void =>
  usePwa.setState(({ offline }) => ({ offline: { ...offline, ...change } }));
