import { availableParallelism } from 'node:os';
import type { DecoderEvents, PacketDecoder } from '@clearreel/shared/media/packet-decoder';
import { CodecParameters, FFmpegError, type Stream } from 'node-av';
import { openAvDecoder } from './av-decoder.ts';

/** A video stream of a file that FFmpeg reads, which outlives the demuxer that found it. */
export interface VideoStream {
  readonly path: string;
  readonly index: number;
  readonly timeBase: { readonly num: number; readonly den: number };
  readonly parameters: CodecParameters;
}

export function videoStream(path: string, { index, timeBase, codecpar }: Stream): VideoStream {
  const parameters = new CodecParameters();
  parameters.alloc();
  FFmpegError.throwIfError(codecpar.copy(parameters), 'CodecParameters.copy');
  const { num, den } = timeBase;
  return { path, index, timeBase: { num, den }, parameters };
}

export const openStreamDecoder = (
  { parameters }: VideoStream,
  events: DecoderEvents,
): Promise<PacketDecoder> => openAvDecoder(parameters, availableParallelism(), events);
