import {
  readFrame,
  readResult,
  readSideFile,
  readSource,
  readThumbnail,
} from '@clearreel/shared/api/files';
import type { Job, JobProgress } from '@clearreel/shared/api/job';
import type { Operation } from '@clearreel/shared/api/operation';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import type { Links } from '../security/links.ts';
import { shownFacts } from '../uploads/shown-facts.ts';
import type { JobRepository } from './job-repository.ts';
import type { ProgressBoard } from './progress-board.ts';
import type { StoredJob } from './stored-job.ts';

interface ShowOptions {
  readonly repository: JobRepository;
  readonly board: ProgressBoard;
  readonly links: Links;
}

const percentOf = ({ framesDone, framesTotal }: Progress): number =>
  framesTotal > 0 ? Math.min(100, Math.floor((1000 * framesDone) / framesTotal) / 10) : 0;

export const shownProgress = (progress: Progress): JobProgress => ({
  ...progress,
  percent: percentOf(progress),
});

const filled = ({ path }: Operation, values: Readonly<Record<string, string | number>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

/** Makes of a stored job what clients are shown of it, with fresh links. */
export class JobView {
  readonly #options: ShowOptions;

  constructor(options: ShowOptions) {
    this.#options = options;
  }

  async show(job: StoredJob): Promise<Job> {
    const { repository, board } = this.#options;
    const progress = board.progressOf(job.id);
    return {
      id: job.id,
      state: job.state,
      priority: job.priority,
      createdAtMs: job.createdAtMs,
      updatedAtMs: job.updatedAtMs,
      startedAtMs: job.startedAtMs,
      endedAtMs: job.endedAtMs,
      uploadId: job.uploadId,
      sourceName: job.sourceName,
      sourceBytes: job.sourceBytes,
      spec: job.spec,
      attempts: job.attempts,
      cancelRequested: job.cancelRequested,
      jobsAhead: job.state === 'queued' ? await repository.countAhead(job.id) : null,
      progress: progress && shownProgress(progress),
      failure: job.failure,
      notices: job.notices,
      facts: job.result && shownFacts(job.result.facts),
      result: this.#result(job),
      links: this.#links(job),
    };
  }

  #result({ id: jobId, result }: StoredJob): Job['result'] {
    if (!result) return null;
    const { fileName, mimeType, bytes, frameCount, provider, encoder } = result;
    return {
      fileName,
      mimeType,
      bytes,
      frameCount,
      provider,
      encoder,
      link: this.#link(readResult, { jobId }),
      sideFiles: result.sideFiles.map((file, index) => ({
        fileName: file.fileName,
        link: this.#link(readSideFile, { jobId, index }),
      })),
    };
  }

  #links({ id: jobId, result }: StoredJob): Job['links'] {
    const frame = (side: 'before' | 'after') => this.#link(readFrame, { jobId, side });
    return {
      source: this.#link(readSource, { jobId }),
      thumbnail: this.#link(readThumbnail, { jobId }),
      frames: result && { before: frame('before'), after: frame('after') },
    };
  }

  #link(operation: Operation, values: Readonly<Record<string, string | number>>): string {
    return this.#options.links.make(filled(operation, values));
  }
}
