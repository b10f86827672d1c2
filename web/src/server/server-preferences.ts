import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export interface ServerPreferences {
  /** Of another server than the one that the page comes from; `null`: that one. */
  readonly address: string | null;
  /** By address. Kept here alone: a token is never part of a job, a report or a link. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Bytes a second of the last upload, by address. */
  readonly uploadSpeeds: Readonly<Record<string, number>>;
}

export const useServerPreferences = create<ServerPreferences>()(
  persist((): ServerPreferences => ({ address: null, tokens: {}, uploadSpeeds: {} }), {
    name: 'clearreel-server',
  }),
);

/** The server that new jobs may go to. */
export const serverAddress = (): string =>
  useServerPreferences.getState().address ?? location.origin;

export const tokenFor = (address: string): string | null =>
  useServerPreferences.getState().tokens[address] ?? null;

export function setServer(address: string | null, token: string): void {
  const key = address ?? location.origin;
  const { [key]: _, ...others } = useServerPreferences.getState().tokens;
  useServerPreferences.setState({ address, tokens: token ? { ...others, [key]: token } : others });
}

export function noteUploadSpeed(address: string, bytesPerSecond: number): void {
  useServerPreferences.setState(({ uploadSpeeds }) => ({
    uploadSpeeds: { ...uploadSpeeds, [address]: Math.round(bytesPerSecond) },
  }));
}

/** An origin, as users write it; `null` where it is none. */
export function readAddress(text: string): string | null {
  const trimmed = text.trim();
  const url = URL.parse(/^https?:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  // Browsers do not agree on what a name may hold; international ones are ASCII here already.
  return url && /^[\w.:[\]-]+$/.test(url.hostname) ? url.origin : null;
}

/** Calls `listener` when another server or another token is set, until the returned function is called. */
export const onServerChanged = (listener: () => void): (() => void) =>
  useServerPreferences.subscribe(({ address, tokens }, before) => {
    if (address !== before.address || tokens !== before.tokens) listener();
  });
