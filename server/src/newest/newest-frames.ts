import { randomUUID } from 'node:crypto';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { NewestPictures } from '../engine/newest-pictures.ts';

interface Kept {
  /** Of these pictures and no others. */
  readonly id: string;
  readonly pictures: NewestPictures;
}

/** One attempt at a job, while it may have something to show. */
interface Shown {
  readonly wish: () => void;
  kept: Kept | null;
}

/**
 * The newest frame of each running job, before and after, as WebP: drawn only while somebody asks for it, held in
 * memory alone, and gone with its attempt.
 */
export class NewestFrames {
  readonly #shown = new Map<string, Shown>();

  /** For whoever runs the job. `wish` is called whenever someone asks. */
  begin(jobId: string, wish: () => void): { show(pictures: NewestPictures): void; end(): void } {
    const shown: Shown = { wish, kept: null };
    this.#shown.set(jobId, shown);
    return {
      show(pictures) {
        shown.kept = { id: randomUUID(), pictures };
      },
      end: () => {
        if (this.#shown.get(jobId) === shown) this.#shown.delete(jobId);
      },
    };
  }

  /** The newest pictures, `null` before the first; and has newer ones drawn, now and for some seconds. */
  ask(jobId: string): Kept | null {
    const shown = this.#shown.get(jobId);
    shown?.wish();
    return shown?.kept ?? null;
  }

  /** @throws ClearReelError `FILE_GONE` where these are not the newest any more. */
  picture(jobId: string, id: string, side: 'before' | 'after'): Uint8Array {
    const kept = this.#shown.get(jobId)?.kept;
    if (kept?.id !== id) throw new ClearReelError('FILE_GONE');
    return kept.pictures[side];
  }
}
