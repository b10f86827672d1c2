import { copiedAudio } from '@clearreel/shared/media/ffmpeg-audio-names';
import type { AudioCodec } from 'mediabunny';
import type { ProbedStream } from './probe-json.ts';

export interface AudioPlan {
  readonly codec: AudioCodec;
  readonly isCopy: boolean;
  /** ffmpeg's output options. */
  readonly options: readonly string[];
  /** About how much the track takes, in bytes. */
  readonly bytes: number;
}

/** FLAC takes about this share of 16-bit PCM. */
const flacShare = 0.65;
const aacBitsPerSecond = 256_000;

/**
 * How a track leaves the file: copied where it can be; else without loss as FLAC, or as AAC where FLAC
 * would take more than `mostBytes`.
 */
export function planAudio(stream: ProbedStream, seconds: number, mostBytes: number): AudioPlan {
  const codec = copiedAudio[stream.codec_name ?? ''];
  const rate = Number(stream.sample_rate ?? 48_000);
  const pcmBytes = rate * (stream.channels ?? 2) * 2 * seconds;
  if (codec !== undefined) {
    const bytes = stream.bit_rate ? (Number(stream.bit_rate) / 8) * seconds : pcmBytes;
    return { codec, isCopy: true, options: ['-c:a', 'copy'], bytes };
  }
  if (pcmBytes * flacShare <= mostBytes) {
    const options = ['-c:a', 'flac', '-sample_fmt', 's16'];
    return { codec: 'flac', isCopy: false, options, bytes: pcmBytes * flacShare };
  }
  const options = ['-c:a', 'aac', '-b:a', String(aacBitsPerSecond)];
  return { codec: 'aac', isCopy: false, options, bytes: (aacBitsPerSecond / 8) * seconds };
}
