import { copyFile, link, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentFileNames } from '@clearreel/shared/segments/segment-store';
import { codeOf } from '../storage/disk-error.ts';
import { draftSuffix } from '../storage/disk-folder.ts';
import { planFile, segmentsPath } from './work-folder.ts';

/**
 * Lets a run in `to` go on from these segments of `from`: the plan and the segments are in both folders from then on,
 * and either may be removed. What is not there is left out, what is there already stays.
 */
export async function adoptSegments(
  from: string,
  to: string,
  indices: readonly number[],
): Promise<void> {
  await mkdir(segmentsPath(to), { recursive: true });
  await adopt(join(from, planFile), join(to, planFile));
  for (const name of indices.flatMap(segmentFileNames)) {
    await adopt(join(segmentsPath(from), name), join(segmentsPath(to), name));
  }
}

const isSettled = (error: unknown) => ['ENOENT', 'EEXIST'].includes(String(codeOf(error)));

async function adopt(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (isSettled(error)) return;
    // Not every file system has hard links.
    await copyFile(from, `${to}${draftSuffix}`);
    await rename(`${to}${draftSuffix}`, to);
  }
}
