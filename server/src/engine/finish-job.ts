import { mkdir, rm, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { joinSegments } from '@clearreel/shared/join/join';
import { correctMatroskaHeader } from '@clearreel/shared/join/matroska-header';
import { readError } from '@clearreel/shared/media/read-errors';
import type { MediaSource } from '@clearreel/shared/media/source';
import { geometryOf } from '@clearreel/shared/prepare/check-spec';
import type { FrozenJob } from '@clearreel/shared/prepare/prepare-job';
import type { SegmentStore } from '@clearreel/shared/segments/segment-store';
import { isMatroska } from '@clearreel/shared/spec/containers';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { StreamTarget } from 'mediabunny';
import { serverAudioAbilities } from '../media/audio-abilities.ts';
import type { SourcePath } from '../media/source-path.ts';
import { carryTexts } from '../texts/carry-texts.ts';
import type { FinishedRun } from './run-options.ts';
import { resultStream } from './write-result.ts';

export interface FinishOptions {
  readonly sourcePath: SourcePath;
  readonly source: MediaSource;
  readonly sourceName: string;
  readonly spec: JobSpec;
  readonly frozen: FrozenJob;
  readonly store: SegmentStore;
  readonly resultFolder: string;
  readonly signal: AbortSignal;
  /** Called after every packet. */
  onProgress(): void;
}

/** Joins the segments into the result file. A failed join leaves the segments, and no half result. */
export async function finishJob(
  options: FinishOptions,
): Promise<Pick<FinishedRun, 'result' | 'frameCount' | 'notices'>> {
  const { source, spec, frozen, store, resultFolder, signal } = options;
  const { colour } = frozen.encoder.settings;
  const extension = spec.output.container;
  const storedName = `result.${extension}`;
  const path = join(resultFolder, storedName);
  try {
    await mkdir(resultFolder, { recursive: true });
    const file = await resultStream(path, isMatroska(extension) ? correctMatroskaHeader : null);
    const joined = await joinSegments({
      ...{ source, spec, store, signal, plan: frozen.plan },
      geometry: geometryOf(source, spec),
      ...(colour && { colour }),
      target: new StreamTarget(file, { chunked: true }),
      abilities: serverAudioAbilities,
      onProgress: () => options.onProgress(),
    });
    const { facts } = source;
    const texts = await carryTexts({ ...options, facts, storedName });
    const stem = `${parse(options.sourceName).name}-clearreel`;
    return {
      result: {
        storedName,
        fileName: `${stem}.${extension}`,
        mimeType: joined.mimeType,
        bytes: (await stat(path)).size,
        sideFiles: texts.sideFiles.map(({ storedName: stored, suffix }) => ({
          storedName: stored,
          fileName: `${stem}.${suffix}`,
        })),
      },
      frameCount: joined.frameCount,
      notices: texts.notices,
    };
  } catch (error) {
    await rm(path, { force: true }).catch(() => {}); // The first error is the one to tell.
    throw readError(error, 'JOIN_FAILED');
  }
}
