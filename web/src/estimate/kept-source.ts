import type { MediaSource } from '@clearreel/shared/media/source';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { HostOptions } from '../jobs/job-record.ts';
import { openSource } from '../media/open-source.ts';

export interface KeptSource {
  readonly source: MediaSource;
  readonly openSeconds: number;
  /** What was found out about the source, by a key of what it depends on. */
  readonly found: Map<string, Promise<unknown>>;
}

let kept: { readonly key: string; readonly opened: KeptSource } | null = null;

/** A file crosses to the worker anew with each call, so it is known again by what does not change. */
const keyOf = ({ name, size, lastModified }: File, ...read: unknown[]) =>
  JSON.stringify([name, size, lastModified, ...read]);

/** The source of the last call where it is the same; settings change more often than files. */
export async function openKept(
  file: File,
  decoder: HostOptions['decoder'],
  input: JobSpec['input'],
  signal: AbortSignal,
  onProgress: () => void,
): Promise<KeptSource> {
  const key = keyOf(file, decoder, input);
  if (kept?.key === key) return kept.opened;
  dropKept();
  const startMs = performance.now();
  const source = await openSource(file, decoder, signal, onProgress, input);
  const openSeconds = (performance.now() - startMs) / 1000;
  const opened = { source, openSeconds, found: new Map<string, Promise<unknown>>() };
  kept = { key, opened };
  return opened;
}

function dropKept(): void {
  kept?.opened.source.dispose();
  kept = null;
}

/** Finds something out once. What fails is not kept. */
export function findOnce<T>(
  { found }: KeptSource,
  key: string,
  find: () => Promise<T>,
): Promise<T> {
  const known = found.get(key) as Promise<T> | undefined;
  if (known) return known;
  const finding = find();
  found.set(key, finding);
  finding.catch(() => found.delete(key));
  return finding;
}
