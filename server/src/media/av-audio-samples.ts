import { AvFrameAudioSampleResource } from '@mediabunny/server';
import { AudioSample } from 'mediabunny';
import {
  AVERROR_EAGAIN,
  AVERROR_EOF,
  Codec,
  CodecContext,
  FFmpegError,
  type FormatContext,
  Frame,
  type Packet,
  type Stream,
} from 'node-av';
import { stampOf } from './listed-packets.ts';

/** What FFmpeg makes of a sound track's packets. A packet that cannot be decoded is left out, as players do. */
export async function* decodedAudio(
  packets: AsyncIterable<{ packet: Packet; context: FormatContext; secondsPerTick: number }>,
  index: number,
): AsyncGenerator<AudioSample> {
  using decoder = new CodecContext();
  using frame = new Frame();
  frame.alloc();
  let secondsPerTick = 1;
  let nextSeconds = 0;
  async function* received(): AsyncGenerator<AudioSample> {
    for (;;) {
      const code = await decoder.receiveFrame(frame);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      FFmpegError.throwIfError(code, 'receiveFrame');
      const taken = frame.clone();
      if (!taken) throw new Error('no memory for sound');
      const ticks = stampOf(frame.bestEffortTimestamp);
      const timestamp = ticks === null ? nextSeconds : Number(ticks) * secondsPerTick;
      nextSeconds = timestamp + frame.nbSamples / frame.sampleRate;
      const sample = new AudioSample(new AvFrameAudioSampleResource(taken));
      sample.setTimestamp(timestamp);
      yield sample;
    }
  }
  for await (const { packet, context, secondsPerTick: tick } of packets) {
    secondsPerTick = tick;
    if (!decoder.isOpen) await open(decoder, context.streams[index] as Stream);
    if ((await decoder.sendPacket(packet)) >= 0) yield* received();
  }
  if (!decoder.isOpen) return;
  await decoder.sendPacket(null);
  yield* received();
}

async function open(decoder: CodecContext, { codecpar, timeBase }: Stream): Promise<void> {
  const codec = Codec.findDecoder(codecpar.codecId);
  if (!codec) throw new Error('FFmpeg has no decoder for it');
  decoder.allocContext3(codec);
  FFmpegError.throwIfError(decoder.parametersToContext(codecpar), 'parametersToContext');
  decoder.pktTimebase = timeBase;
  FFmpegError.throwIfError(await decoder.open2(codec, null), 'open2');
}
