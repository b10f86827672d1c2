import type { ClearReelError } from '../errors/clear-reel-error.ts';
import type { ErrorCode } from '../errors/codes.ts';
import type { Notice } from '../media/facts.ts';

/** The parts of a host that can be exchanged, as chosen so far; absent means that the app chose. */
export interface Path {
  readonly provider?: string;
  readonly decoder?: string;
  readonly encoder?: string;
}

export interface Fallback {
  readonly part: keyof Path;
  readonly value: 'wasm' | 'ffmpeg';
}

const toWasm: Fallback = { part: 'provider', value: 'wasm' };
const toFfmpegDecoder: Fallback = { part: 'decoder', value: 'ffmpeg' };
const toFfmpegEncoder: Fallback = { part: 'encoder', value: 'ffmpeg' };

/** What is exchanged, in this order, when one way fails for good. Frames from a GPU can make an encoder fail too. */
const fallbacks: Partial<Record<ErrorCode, readonly Fallback[]>> = {
  DEVICE_LOST: [toWasm],
  INFERENCE_FAILED: [toWasm],
  WORKER_CRASHED: [toWasm],
  ENCODER_FAILED: [toWasm, toFfmpegEncoder],
  DECODER_FAILED: [toFfmpegDecoder],
};

const fallbacksByStage: Readonly<Record<string, readonly Fallback[]>> = {
  open: [toFfmpegDecoder],
  prepare: [toWasm, toFfmpegDecoder],
  decode: [toFfmpegDecoder],
  enhance: [toWasm],
  encode: [toWasm, toFfmpegEncoder],
};

/** Attempts in a row that may end without one more segment before something is exchanged. */
export const fruitlessAttempts = 3;

export type NextAttempt =
  | { readonly kind: 'again' | 'fallback'; readonly path: Path; readonly notice: Notice }
  | { readonly kind: 'give up' };

const texts: Record<Fallback['part'], string> = {
  provider: 'goes on without the GPU, which is slower',
  decoder: 'goes on with the ffmpeg decoder, which is slower',
  encoder: 'starts again with the ffmpeg encoder, since one video cannot mix encoders',
};

/**
 * What to do after a failed attempt: the same again a bounded number of times, then another way, then nothing.
 * `fruitless` counts the attempts in a row, this one included, in which not one segment was finished.
 */
export function nextAttempt(failure: ClearReelError, fruitless: number, path: Path): NextAttempt {
  const { code, detail, message } = failure;
  const ways =
    code === 'STAGE_STALLED' ? (fallbacksByStage[String(detail.stage)] ?? []) : fallbacks[code];
  if (!ways) return { kind: 'give up' };
  if (fruitless < fruitlessAttempts) {
    return {
      kind: 'again',
      path,
      notice: {
        code: 'RESTARTED',
        message: `${message} The engine was restarted and went on with the next part.`,
      },
    };
  }
  const way = ways.find(({ part, value }) => path[part] !== value);
  if (!way) return { kind: 'give up' };
  return {
    kind: 'fallback',
    path: { ...path, [way.part]: way.value },
    notice: {
      code: way.part === 'provider' ? 'FALLBACK_WASM' : 'FALLBACK_FFMPEG',
      message: `${message} After ${fruitless} attempts the job ${texts[way.part]}.`,
    },
  };
}
