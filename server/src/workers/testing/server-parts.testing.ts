import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { JobFiles } from '../../jobs/job-files.ts';
import { LowdbRepository } from '../../jobs/lowdb-repository.ts';
import { ProgressBoard } from '../../jobs/progress-board.ts';
import { createLogger } from '../../log/logger.ts';
import { NewestFrames } from '../../newest/newest-frames.ts';
import type { SlotTiming } from '../slot.ts';
import { Supervisor } from '../supervisor.ts';
import { adoptScriptedSegments } from './scripted-engine.testing.ts';

const program = {
  path: fileURLToPath(new URL('./scripted-worker.testing.ts', import.meta.url)),
  args: [],
  // So that a worker that takes all memory is out of it at once.
  environment: { ...process.env, NODE_OPTIONS: '--max-old-space-size=256' },
};

export interface PartsOptions {
  readonly folder: string;
  readonly workers?: number;
  readonly timing?: Partial<SlotTiming>;
  /** Hears of each worker process when a job begins on it. */
  onWorker?(pid: number): void;
}

/** The store and the workers of a server, without its HTTP. */
export class ServerParts {
  readonly repository: LowdbRepository;
  readonly board: ProgressBoard;
  readonly files: JobFiles;
  readonly supervisor: Supervisor;

  private constructor(repository: LowdbRepository, options: PartsOptions) {
    const { folder, workers = 1, timing, onWorker } = options;
    const log = createLogger('info', {
      write: (line) => {
        const { workerPid } = JSON.parse(line);
        if (workerPid !== undefined) onWorker?.(workerPid);
      },
    });
    this.repository = repository;
    this.files = new JobFiles(folder);
    this.board = new ProgressBoard({ runId: randomUUID() });
    repository.subscribe(this.board.change);
    this.supervisor = new Supervisor({
      repository,
      board: this.board,
      newest: new NewestFrames(),
      files: this.files,
      adoptSegments: adoptScriptedSegments,
      log,
      programs: Array.from({ length: workers }, () => program),
      timing: { pollMs: 50, restMs: 10, longestRestMs: 100, ...timing },
    });
  }

  static async open(options: PartsOptions): Promise<ServerParts> {
    const repository = await LowdbRepository.open({ folder: options.folder, maxAttempts: 3 });
    const parts = new ServerParts(repository, options);
    await mkdir(parts.files.uploads, { recursive: true });
    return parts;
  }

  async close(limitMs = 0): Promise<void> {
    await this.supervisor.stop(limitMs);
    await this.repository.close();
  }
}
