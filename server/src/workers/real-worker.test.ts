import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { frameHashes, frameTimes } from '../../../e2e/reference/index.ts';
import { adoptSegments } from '../engine/adopt-segments.ts';
import type { NewestPictures } from '../engine/newest-pictures.ts';
import { JobFiles } from '../jobs/job-files.ts';
import { LowdbRepository } from '../jobs/lowdb-repository.ts';
import { ProgressBoard } from '../jobs/progress-board.ts';
import { someFacts } from '../jobs/suite/samples.testing.ts';
import { createLogger } from '../log/logger.ts';
import { NewestFrames } from '../newest/newest-frames.ts';
import { workerPrograms } from './programs.ts';
import { Supervisor } from './supervisor.ts';
import { ended, filesIn, jobWhere } from './testing/scripted-job.testing.ts';

const spec = parseJobSpec({
  version: 1,
  trim: { startSeconds: 2, endSeconds: 3 },
  enhance: { model: 'anime4k-s-x2' },
  output: { container: 'mp4', codec: 'avc', segmentSeconds: 0.4 },
});

describe('server 3. workers with the engine', () => {
  let folder: string;
  let repository: LowdbRepository;
  let files: JobFiles;
  let supervisor: Supervisor;
  let newest: NewestFrames;
  let shown: NewestPictures | null;
  /** Of the worker that began the last job. */
  let workerPid = 0;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-engine-'));
    repository = await LowdbRepository.open({ folder, maxAttempts: 3 });
    files = new JobFiles(folder);
    await mkdir(files.uploads);
    const log = createLogger('info', {
      write: (line) => {
        workerPid = JSON.parse(line).workerPid ?? workerPid;
      },
    });
    newest = new NewestFrames();
    shown = null;
    const begin = newest.begin.bind(newest);
    newest.begin = (jobId, wish) => {
      const attempt = begin(jobId, wish);
      const show = (pictures: NewestPictures) => {
        shown = pictures;
        attempt.show(pictures);
      };
      return { ...attempt, show };
    };
    supervisor = new Supervisor({
      repository,
      newest,
      files,
      adoptSegments,
      board: new ProgressBoard({ runId: 'run' }),
      log,
      programs: workerPrograms({ providers: ['cpu'], workers: 1, gpus: 0 }),
      timing: { pollMs: 100, restMs: 10 },
    });
  });
  afterEach(async () => {
    await supervisor.stop(0);
    await repository.close();
    await rm(folder, { recursive: true });
  });

  async function begin(): Promise<string> {
    const id = randomUUID();
    const source = await clip('real/bikes');
    const { size } = await stat(source);
    const expiresAtMs = Date.now() + 3_600_000;
    await repository.createUpload({ id, sourceName: 'bikes.mp4', bytes: size, expiresAtMs });
    await copyFile(source, files.sourcePath(id));
    await repository.completeUpload(id, { facts: someFacts, expiresAtMs });
    const given = { uploadId: id, spec, priority: 5, idempotencyKey: null };
    return (await repository.createJob(given)).job.id;
  }

  /** A job whose first attempt gets no further than its first segment before `goOn`, however slow the test is. */
  async function beginAndHold(): Promise<{ id: string; goOn: () => void }> {
    const { promise, resolve: goOn } = Promise.withResolvers<void>();
    const record = repository.recordSegment.bind(repository);
    repository.recordSegment = async (token, segment) => {
      if (token.epoch === 1 && segment.index > 0) await promise;
      return await record(token, segment);
    };
    return { id: await begin(), goOn };
  }
  const patience = { timeout: 90_000 };

  async function resultOf(id: string): Promise<string> {
    const job = await ended({ repository }, id, patience);
    expect(job).toMatchObject({ state: 'completed', failure: null });
    return files.resultPath(job) ?? '';
  }

  it('server 3.9 a killed worker’s job gives the frames of an undisturbed one', async () => {
    const undisturbed = await resultOf(await begin());
    const { id, goOn } = await beginAndHold();
    const { segments } = await jobWhere(
      { repository },
      id,
      (job) => job.segments.length > 0,
      patience,
    );
    process.kill(workerPid, 'SIGKILL');
    goOn();
    const disturbed = await resultOf(id);
    const job = await repository.findJob(id);
    expect(job?.epoch).toBe(2);
    expect(job?.segments.slice(0, segments.length)).toEqual(segments);
    expect(await frameTimes(disturbed)).toEqual(await frameTimes(undisturbed));
    expect(await frameHashes(disturbed)).toEqual(await frameHashes(undisturbed));
  });

  it('server 3.9 a cancelled job’s worker takes the next one', async () => {
    const { id, goOn } = await beginAndHold();
    await jobWhere({ repository }, id, (job) => job.segments.length > 0, patience);
    const cancelledPid = workerPid;
    await repository.cancel(id);
    goOn();
    expect(await ended({ repository }, id, patience)).toMatchObject({ state: 'cancelled' });
    await resultOf(await begin());
    expect(workerPid).toBe(cancelledPid);
  });

  it('server 3.10 a watched job’s worker shows its newest frame, and writes nothing of it', async () => {
    const id = await begin();
    // Kept here too: a slow test may look again only when the job has ended.
    const pictures = await vi.waitFor(() => {
      newest.ask(id);
      if (!shown) throw new Error('nothing is shown yet');
      return shown;
    }, patience);
    expect(pictures.timestampSeconds).toBeGreaterThanOrEqual(2);
    const [before, after] = await Promise.all([
      sharp(pictures.before).metadata(),
      sharp(pictures.after).metadata(),
    ]);
    expect(after).toMatchObject({ format: 'webp', width: 2 * before.width });
    await resultOf(id);
    expect(newest.ask(id)).toBeNull();
    await expect.poll(() => filesIn(join(files.jobs, id))).toEqual(['1/result.mp4']);
  });
});
