import type { SourceFrame } from '@clearreel/shared/media/source';

export type Sample = SourceFrame['sample'];

/** Frames that wait to be encoded. They stay until others replace them, so that each run encodes the same. */
class KeptFrames {
  #samples: Sample[] = [];

  replace(samples: Sample[]): void {
    for (const sample of this.#samples) sample.close();
    this.#samples = samples;
  }

  /** @throws when nothing is kept. */
  get size(): { width: number; height: number } {
    const [first] = this.#samples;
    if (!first) throw new Error('nothing to encode: keep or enhance frames first');
    return { width: first.codedWidth, height: first.codedHeight };
  }

  /** Whoever takes a clone closes it. */
  *clones(): Generator<Sample> {
    for (const sample of this.#samples) yield sample.clone();
  }
}

export const keptFrames = new KeptFrames();
