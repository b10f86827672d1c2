import type { System } from '@clearreel/shared/api/system';
import { useMemo } from 'react';
import type { ServerFacts } from '../estimate/server-offer.ts';
import { useServerPreferences } from './server-preferences.ts';
import { useServer } from './server-store.ts';

/** The part of a server's memory that one job may count on. */
const jobShare = 0.5;

/** What stays the same of a server while its queue and its free memory change. */
export function serverFacts(
  address: string,
  { version, device, memory, disk, limits, speeds }: System,
  uploadBytesPerSecond: number | null,
): ServerFacts {
  // What jobs have taught is relative to what was known of the machine then.
  const taught = speeds.filter(({ jobs }) => jobs > 0).map(({ model }) => model);
  const known = speeds.length > 0 ? `told ${taught.sort().join()}` : 'guessed';
  return {
    name: device.name,
    machine: {
      provider: device.kind === 'gpu' ? 'webgpu' : 'wasm',
      cores: device.cores,
      memoryBytes: memory.totalBytes * jobShare,
      scope: `server ${address} ${version} ${device.name} ${device.cores} ${known}`,
    },
    speeds: Object.fromEntries(
      speeds.map(({ model, secondsPerMegapixel }) => [model, secondsPerMegapixel]),
    ),
    diskBytes: disk.totalBytes - disk.keptFreeBytes,
    uploadLimitBytes: limits.uploadBytes,
    uploadBytesPerSecond,
  };
}

/** The server that jobs may go to now; the same object as long as nothing of it changes. */
export function useServerFacts(): ServerFacts | null {
  const key = useServer(({ status, system, address }) =>
    status === 'ready' && system ? JSON.stringify(serverFacts(address, system, null)) : null,
  );
  const speed = useServerPreferences(
    ({ uploadSpeeds, address }) => uploadSpeeds[address ?? location.origin] ?? null,
  );
  return useMemo(
    () =>
      key === null ? null : { ...(JSON.parse(key) as ServerFacts), uploadBytesPerSecond: speed },
    [key, speed],
  );
}
