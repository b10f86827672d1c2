import { type JoinResult, joinSegments } from '@clearreel/shared/join/join';
import type { Notice } from '@clearreel/shared/media/facts';
import { readError } from '@clearreel/shared/media/read-errors';
import { isMatroska } from '@clearreel/shared/spec/containers';
import { StreamTarget } from 'mediabunny';
import { webAudioAbilities } from '../encode/audio-abilities.ts';
import { createJobFile, readJobFile, removeJobFile } from '../storage/job-files.ts';
import { storageError } from '../storage/storage-error.ts';
import { carryTexts } from './carry-texts.ts';
import { correctedMatroska } from './corrected-matroska.ts';
import type { FinishOptions } from './finish-options.ts';
import type { JobResult } from './job-record.ts';

export interface FinishedJob {
  readonly result: JobResult;
  readonly frameCount: number;
  readonly notices: readonly Notice[];
}

/** Joins the segments into the result file. A failed join leaves the segments, and no half result. */
export async function finishJob(options: FinishOptions): Promise<FinishedJob> {
  const { job, source, frozen, geometry, store, signal } = options;
  const extension = job.spec.output.container;
  const storedName = `result.${extension}`;
  let joined: JoinResult;
  try {
    const writable = await createJobFile(job.id, storedName);
    joined = await joinSegments({
      source,
      spec: job.spec,
      plan: frozen.plan,
      geometry,
      store,
      target: new StreamTarget(isMatroska(extension) ? correctedMatroska(writable) : writable, {
        chunked: true,
      }),
      abilities: webAudioAbilities,
      signal,
      onProgress: options.onProgress,
    });
  } catch (error) {
    await removeJobFile(job.id, storedName).catch(() => {}); // The first error is the one to tell.
    throw await joinError(error);
  }
  const stem = `${job.source.name.replace(/\.[^.]*$/, '')}-clearreel`;
  const texts = await carryTexts({ ...options, storedName, stem });
  const file = await readJobFile(job.id, storedName);
  return {
    result: {
      fileName: `${stem}.${extension}`,
      mimeType: joined.mimeType,
      bytes: file?.size ?? 0,
      sideFiles: texts.sideFiles,
    },
    frameCount: joined.frameCount,
    notices: texts.notices,
  };
}

/** A join reads the source (its other tracks) and writes the result: which of the two failed decides the code. */
async function joinError(error: unknown): Promise<unknown> {
  const read = readError(error, 'JOIN_FAILED');
  return error instanceof DOMException && read.code === 'JOIN_FAILED' ? storageError(error) : read;
}
