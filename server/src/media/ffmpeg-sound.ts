import type { AudioTrackSource, MediaSource } from '@clearreel/shared/media/source';
import { type AudioSample, AudioSampleSink } from 'mediabunny';
import { AVMEDIA_TYPE_AUDIO, type FormatContext } from 'node-av';
import { openInput } from './av-input.ts';
import { decodedSamples, ffmpegAudioTrack } from './ffmpeg-audio.ts';
import { audioFactsOf } from './stream-facts.ts';

/**
 * Has FFmpeg decode the sound of a source that mediabunny reads, and read those tracks whose codec mediabunny does not
 * know. Samples in FFmpeg's own memory are the only ones that `@mediabunny/server` encodes without harm.
 */
export async function withFfmpegSound(source: MediaSource, path: string): Promise<MediaSource> {
  const { audio, facts } = source;
  const known = audio.map((track, position) =>
    decodedByFfmpeg(track, path, position, audio.length),
  );
  const whole = {
    ...source,
    get notices() {
      return source.notices;
    },
    audio: known,
  };
  if (audio.every(({ codec }) => codec !== null)) return whole;
  const context = await openInput(path);
  try {
    const streams = soundStreams(context, audio.length);
    if (!streams) return whole;
    const isForeign = (position: number) => audio[position]?.codec === null;
    return {
      ...whole,
      audio: streams.flatMap((stream, position) =>
        isForeign(position) ? ffmpegAudioTrack(path, stream) : (known[position] ?? []),
      ),
      facts: {
        ...facts,
        audio: streams.flatMap((stream, position) =>
          isForeign(position) ? audioFactsOf(stream) : (facts.audio[position] ?? []),
        ),
      },
    };
  } finally {
    await context.closeInput();
  }
}

/** `null` where the two do not see the same tracks, and which is which cannot be told. */
function soundStreams({ streams }: FormatContext, count: number) {
  const sounds = streams.filter(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO);
  return sounds.length === count ? sounds : null;
}

function decodedByFfmpeg(
  track: AudioTrackSource,
  path: string,
  position: number,
  count: number,
): AudioTrackSource {
  async function* samples(
    startSeconds: number | null,
    endSeconds: number | null,
  ): AsyncGenerator<AudioSample> {
    const context = await openInput(path);
    const index = soundStreams(context, count)?.[position]?.index;
    await context.closeInput();
    if (index !== undefined) yield* decodedSamples(path, index, startSeconds, endSeconds);
    else if (track.inputTrack) {
      const sink = new AudioSampleSink(track.inputTrack);
      yield* sink.samples(startSeconds ?? undefined, endSeconds ?? undefined);
    }
  }
  return { ...track, samples };
}
