import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { Semaphore } from 'async-mutex';
import type { ServerProvider } from '../inference/provider.ts';
import { askProcess } from '../processes/ask-process.ts';
import type { PreviewAnswer, PreviewPictures } from './messages.ts';

const program = fileURLToPath(new URL('./preview.process.ts', import.meta.url));

const timeoutSeconds = 60;
/** Beside a job that runs, one is as much as a GPU's memory should be asked for. */
const mostAtOnce = 1;
const mostWaiting = 4;
/** The pictures of the last few; who comes later asks anew. */
const mostKept = 8;

interface PreviewOptions {
  /** Emptied when the server starts. */
  readonly folder: string;
  readonly providers: readonly ServerProvider[];
}

interface Wish {
  readonly path: string;
  readonly spec: JobSpec;
  readonly atSeconds: number;
}

/** Frames of uploads as jobs would enhance them, made while someone waits. */
export class Previews {
  readonly #options: PreviewOptions;
  readonly #turns = new Semaphore(mostAtOnce);
  readonly #kept = new Map<string, PreviewPictures>();
  #asked = 0;

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  /** @throws ClearReelError of the job, `STAGE_STALLED`, or `REQUESTS_TOO_MANY` where too many wait already. */
  async make(
    wish: Wish,
    signal: AbortSignal,
  ): Promise<{ readonly id: string; readonly pictures: PreviewPictures }> {
    if (this.#asked > mostWaiting) {
      throw new ClearReelError('REQUESTS_TOO_MANY', { seconds: timeoutSeconds });
    }
    this.#asked++;
    try {
      const id = randomUUID();
      const pictures = await this.#turns.runExclusive(() => this.#enhance(id, wish, signal));
      this.#keep(id, pictures);
      return { id, pictures };
    } finally {
      this.#asked--;
    }
  }

  /** @throws ClearReelError `FILE_GONE` */
  picture(id: string, side: 'before' | 'after'): Uint8Array {
    const pictures = this.#kept.get(id);
    if (!pictures) throw new ClearReelError('FILE_GONE');
    return pictures[side];
  }

  async #enhance(id: string, wish: Wish, signal: AbortSignal): Promise<PreviewPictures> {
    const workFolder = join(this.#options.folder, id);
    try {
      for (const name of ['work', 'result'])
        await mkdir(join(workFolder, name), { recursive: true });
      const request = { ...wish, workFolder, providers: this.#options.providers };
      const timeoutMs = timeoutSeconds * 1000;
      const answer = await askProcess<PreviewAnswer>(request, { program, timeoutMs, signal });
      if (!answer) {
        throw new ClearReelError('STAGE_STALLED', { stage: 'preview', seconds: timeoutSeconds });
      }
      if ('error' in answer) throw ClearReelError.fromReport(answer.error);
      return answer;
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  }

  #keep(id: string, pictures: PreviewPictures): void {
    this.#kept.set(id, pictures);
    for (const oldest of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(oldest);
  }
}
