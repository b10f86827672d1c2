import type { EncodedPacket } from 'mediabunny';
import { type DecodedFrame, DecodeStop, decodeFrom } from './decode-from.ts';
import type { TrackDecoding } from './packet-decoder.ts';
import { readError } from './read-errors.ts';

/**
 * Frames from the key packet at or before `fromSeconds` on, ascending, with all that lies whole around damaged
 * packets: up to the damage, and from the next of `keySeconds` on again. Which these are does not depend on timing:
 * a decoder that fails throws away frames that it had not given yet, so the packets before the damage are found
 * and decoded again by a decoder that never sees it.
 * @throws ClearReelError where the file itself cannot be read any more.
 */
export async function* decodeThroughDamage(
  decoding: TrackDecoding,
  fromSeconds: number,
  keySeconds: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<DecodedFrame, void, undefined> {
  const wanted = new Ascending();
  for (let start: number | undefined = fromSeconds; start !== undefined; ) {
    const from: number = start;
    try {
      const key = await decoding.packets.keyAt(from);
      if (!key) return;
      // Frames that are shown before a key frame and stored behind it refer to what is damaged.
      if (from > fromSeconds) wanted.skipTo(key.timestamp);
      yield* decodeToDamage(decoding, key, wanted, signal);
      return;
    } catch (error) {
      signal.throwIfAborted();
      const damage = error instanceof Damage ? error : new Damage(error, from);
      const coded = readError(damage.cause, 'DECODER_FAILED');
      if (coded.code !== 'DECODER_FAILED') throw coded;
      start = keySeconds.find((seconds) => seconds > Math.max(from, damage.atSeconds));
    }
  }
}

/** A packet that cannot be read or decoded; all frames before it were given. */
class Damage extends Error {
  readonly atSeconds: number;

  constructor(cause: unknown, atSeconds: number) {
    super('damaged', { cause });
    this.atSeconds = atSeconds;
  }
}

/** Lets each frame pass once, though it may be decoded again. */
class Ascending {
  #from = Number.NEGATIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  skipTo(seconds: number): void {
    this.#from = seconds;
  }

  async *of(frames: AsyncIterable<DecodedFrame>): AsyncGenerator<DecodedFrame, void, undefined> {
    for await (const frame of frames) {
      const { timestampSeconds: seconds, sample } = frame;
      if (seconds > this.#last && seconds >= this.#from) {
        this.#last = seconds;
        yield frame;
      } else sample.close();
    }
  }
}

/** @throws Damage */
async function* decodeToDamage(
  decoding: TrackDecoding,
  first: EncodedPacket,
  wanted: Ascending,
  signal: AbortSignal,
): AsyncGenerator<DecodedFrame, void, undefined> {
  let key = first;
  for (let failedBefore: EncodedPacket | null = null; ; ) {
    try {
      yield* wanted.of(decodeFrom(decoding, key, Number.POSITIVE_INFINITY, signal));
      return;
    } catch (stop) {
      if (!(stop instanceof DecodeStop)) throw stop;
      const { cause, fedSeconds } = stop;
      key = stop.key ?? key;
      if (stop.isUnreadable) throw new Damage(cause, fedSeconds.at(-1) ?? key.timestamp);
      const whole = await decodablePackets(decoding, key, stop, signal);
      // Where all packets can be decoded, not they are to blame: a browser takes a decoder away from hidden pages.
      const isDecoderToBlame = whole === fedSeconds.length && whole > 0;
      if (isDecoderToBlame && failedBefore !== key) {
        failedBefore = key;
        continue;
      }
      yield* wanted.of(decodeFrom(decoding, key, whole, signal));
      throw new Damage(cause, fedSeconds[whole] ?? fedSeconds.at(-1) ?? key.timestamp);
    }
  }
}

/** How many of the packets that were given to a decoder that failed can be decoded. */
async function decodablePackets(
  decoding: TrackDecoding,
  key: EncodedPacket,
  { decoded, fedSeconds }: DecodeStop,
  signal: AbortSignal,
): Promise<number> {
  let whole = decoded;
  let failing = fedSeconds.length + 1;
  while (failing - whole > 1) {
    const middle = (whole + failing) >> 1;
    if (await canDecode(decoding, key, middle, signal)) whole = middle;
    else failing = middle;
  }
  return whole;
}

async function canDecode(
  decoding: TrackDecoding,
  key: EncodedPacket,
  packets: number,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    for await (const { sample } of decodeFrom(decoding, key, packets, signal)) sample.close();
    return true;
  } catch (stop) {
    if (stop instanceof DecodeStop && !stop.isUnreadable) return false;
    throw stop;
  }
}
