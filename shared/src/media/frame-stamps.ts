import type { EncodedPacket, VideoCodec } from 'mediabunny';

interface Fed {
  readonly seconds: number;
  readonly microseconds: number;
}

/** Codecs whose packets may be stored in another order than they are shown in. */
const reorderingCodecs: readonly (VideoCodec | null)[] = ['avc', 'hevc', null];

/** Whether stamps of a codec's packets are those of presentation in every file. */
export const hasCompositionTimes = (codec: VideoCodec | null): boolean =>
  !reorderingCodecs.includes(codec);

/**
 * Finds the exact timestamp of each decoded frame. Frames carry their packet's, cut to microseconds, so that where a
 * decoder swallows a packet the next frames keep theirs. Only in files that lack composition times do stamps tell
 * the decode order instead; there the earliest that is left is the frame's, since frames come in presentation order.
 */
export class FrameStamps {
  /** Ascending. */
  readonly #pending: Fed[] = [];
  #latest = Number.NEGATIVE_INFINITY;
  #areComposition: boolean;

  constructor(areComposition: boolean) {
    this.#areComposition = areComposition;
  }

  add({ timestamp: seconds, microsecondTimestamp: microseconds }: EncodedPacket): void {
    if (seconds < this.#latest) this.#areComposition = true;
    this.#latest = Math.max(this.#latest, seconds);
    this.#pending.push({ seconds, microseconds });
    this.#pending.sort((a, b) => a.seconds - b.seconds);
  }

  /** `null` where no packet is left that the frame could be of. */
  take(ownMicroseconds: number | null): number | null {
    const own = this.#pending.findIndex(({ microseconds }) => microseconds === ownMicroseconds);
    const position = this.#areComposition && own > 0 ? own : 0;
    const found = this.#pending[position];
    this.#pending.splice(0, position + 1);
    return found?.seconds ?? null;
  }
}
