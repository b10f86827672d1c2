import { storageFull } from '@clearreel/shared/errors/storage-full';
import { AVERROR_ENOSPC, FFmpegError } from 'node-av';
import { freeDiskBytes, isDiskFull, requireFreeDisk } from '../storage/disk-error.ts';
import type { Additions } from './additions.ts';

const isFull = (error: unknown): boolean =>
  isDiskFull(error) || (error instanceof FFmpegError && error.code === AVERROR_ENOSPC);

/** A full disk as `STORAGE_FULL`, whether Node or FFmpeg met it; anything else as it was thrown. */
export const asStorageFull = async (error: unknown, folder: string): Promise<unknown> =>
  isFull(error) ? storageFull(0, await freeDiskBytes(folder), error) : error;

/** For headers, indexes and chapters. */
const spareBytes = 1024 * 1024;

/** @throws ClearReelError `STORAGE_FULL` where a file of so many bytes and what is added to it do not fit in the folder. */
export async function requireRoom(
  folder: string,
  bytes: number,
  { tracks }: Additions,
): Promise<void> {
  const cues = tracks.flatMap((track) => track.cues);
  const textBytes = cues.reduce((sum, { data }) => sum + data.length, 0);
  await requireFreeDisk(folder, bytes + textBytes + spareBytes);
}
