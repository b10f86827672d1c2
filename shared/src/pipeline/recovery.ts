import type { ClearReelError } from '../errors/clear-reel-error.ts';
import type { ErrorCode } from '../errors/codes.ts';
import type { Notice } from '../media/facts.ts';
import type { NoticeCode } from '../notices/codes.ts';
import { notice } from '../notices/notice.ts';

/** The parts of a host that can be exchanged, as chosen so far; absent means that the app chose. */
export interface Path {
  readonly provider?: string;
  readonly decoder?: string;
  readonly encoder?: string;
}

export interface Fallback {
  readonly part: keyof Path;
  readonly value: 'wasm' | 'cpu' | 'ffmpeg';
}

/** What a host exchanges, in order, when one way fails for good: by the error's code, and by the stage that hung. */
export interface Fallbacks {
  readonly codes: Partial<Record<ErrorCode, readonly Fallback[]>>;
  readonly stages: Readonly<Record<string, readonly Fallback[]>>;
}

const toWasm: Fallback = { part: 'provider', value: 'wasm' };
const toFfmpegDecoder: Fallback = { part: 'decoder', value: 'ffmpeg' };
const toFfmpegEncoder: Fallback = { part: 'encoder', value: 'ffmpeg' };

/** Frames from a GPU can make an encoder fail too. */
const browserFallbacks: Fallbacks = {
  codes: {
    DEVICE_LOST: [toWasm],
    INFERENCE_FAILED: [toWasm],
    WORKER_CRASHED: [toWasm],
    ENCODER_FAILED: [toWasm, toFfmpegEncoder],
    DECODER_FAILED: [toFfmpegDecoder],
  },
  stages: {
    open: [toFfmpegDecoder],
    prepare: [toWasm, toFfmpegDecoder],
    decode: [toFfmpegDecoder],
    enhance: [toWasm],
    encode: [toWasm, toFfmpegEncoder],
  },
};

/** Attempts in a row that may end without one more segment before something is exchanged. */
export const fruitlessAttempts = 3;

export type NextAttempt =
  | { readonly kind: 'again' | 'fallback'; readonly path: Path; readonly notice: Notice }
  | { readonly kind: 'give up' };

const fallbackCodes = {
  provider: 'FALLBACK_WASM',
  decoder: 'FALLBACK_FFMPEG_DECODER',
  encoder: 'FALLBACK_FFMPEG_ENCODER',
} as const satisfies Record<Fallback['part'], NoticeCode>;

/**
 * What to do after a failed attempt: the same again a bounded number of times, then another way, then nothing.
 * `fruitless` counts the attempts in a row, this one included, in which not one segment was finished.
 */
export function nextAttempt(
  failure: ClearReelError,
  fruitless: number,
  path: Path,
  { codes, stages }: Fallbacks = browserFallbacks,
): NextAttempt {
  const { code, detail } = failure;
  const cause = failure.toReport();
  const ways = code === 'STAGE_STALLED' ? (stages[String(detail.stage)] ?? []) : codes[code];
  if (!ways) return { kind: 'give up' };
  if (fruitless < fruitlessAttempts) {
    return { kind: 'again', path, notice: notice('RESTARTED', { cause }) };
  }
  const way = ways.find(({ part, value }) => path[part] !== value);
  if (!way) return { kind: 'give up' };
  return {
    kind: 'fallback',
    path: { ...path, [way.part]: way.value },
    notice: notice(fallbackCodes[way.part], { cause, attempts: fruitless }),
  };
}
