import type { System } from '@clearreel/shared/api/system';
import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { create } from 'zustand';
import { ServerClient } from './server-client.ts';
import { isPassing, isTokenWrong } from './server-error.ts';
import {
  onServerChanged,
  serverAddress,
  tokenFor,
  useServerPreferences,
} from './server-preferences.ts';

/** `absent`: the page comes from a place that has files alone, which is as good as a server that was never there. */
export type ServerStatus = 'unknown' | 'absent' | 'ready' | 'needsToken' | 'away';

export interface ServerState {
  readonly address: string;
  readonly status: ServerStatus;
  /** As it was when it last answered. */
  readonly system: System | null;
  /** Why it is `away`, or `absent` though the user named it. */
  readonly error: ErrorReport | null;
  /** Asks the server what it can do. Never rejects. */
  look(): Promise<void>;
}

const isSystem = (answer: unknown): answer is System =>
  typeof answer === 'object' && answer !== null && 'device' in answer && 'limits' in answer;

/** Whether the page's own policy has stopped a request: browsers tell that apart from nobody else. */
async function noteBlocked<T>(address: string, asking: Promise<T>): Promise<T> {
  let isBlocked = false;
  const onViolation = ({ blockedURI }: SecurityPolicyViolationEvent) => {
    if (blockedURI.startsWith(address)) isBlocked = true;
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  try {
    return await asking;
  } catch (error) {
    // The event comes in a task of its own, which may be after the rejection.
    await new Promise((resolve) => setTimeout(resolve));
    throw isBlocked ? new ClearReelError('SERVER_BLOCKED', { server: address }) : error;
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation);
  }
}

type Found = Pick<ServerState, 'status' | 'error'> & { readonly system?: System };

async function ask(address: string, wasReady: boolean): Promise<Found> {
  try {
    const system = await noteBlocked(address, new ServerClient(address).system());
    if (isSystem(system)) return { status: 'ready', system, error: null };
    return { status: 'absent', error: null };
  } catch (error) {
    if (isTokenWrong(error)) return { status: 'needsToken', error: null };
    const report = error instanceof ClearReelError ? error.toReport() : null;
    const isNamed = useServerPreferences.getState().address !== null;
    if (isPassing(error) && (wasReady || isNamed)) return { status: 'away', error: report };
    return { status: 'absent', error: isNamed ? report : null };
  }
}

export const useServer = create<ServerState>()((set, get) => {
  let looking: Promise<void> | null = null;
  const look = async () => {
    const address = serverAddress();
    const token = tokenFor(address);
    const before = get();
    const isSame = before.address === address;
    const found = await ask(address, isSame && before.system !== null);
    // Whoever has named another one meanwhile waits for this answer and not for the one that is here.
    if (address !== serverAddress() || token !== tokenFor(address)) return look();
    set({ address, ...(!isSame && { system: null }), ...found });
  };
  onServerChanged(() => void get().look());
  window.addEventListener('online', () => void get().look());
  return {
    address: serverAddress(),
    status: 'unknown',
    system: null,
    error: null,
    look() {
      looking ??= look().finally(() => {
        looking = null;
      });
      return looking;
    },
  };
});
