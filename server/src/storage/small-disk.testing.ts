import { spawnSync } from 'node:child_process';

/** Whether a process without rights may have a disk of its own here. */
export const canMount =
  spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0;

/** A command whose process alone sees a disk of this size in the folder; only where `canMount`. */
export const onSmallDisk = (
  folder: string,
  bytes: number,
  command: readonly string[],
): readonly string[] => [
  ...['unshare', '-rm', 'sh', '-c'],
  `mount -t tmpfs -o size=${bytes} tmpfs ${folder} && exec "$@"`,
  ...['sh', ...command],
];
