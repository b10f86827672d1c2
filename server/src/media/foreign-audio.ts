import type { MediaSource } from '@clearreel/shared/media/source';
import { AVMEDIA_TYPE_AUDIO } from 'node-av';
import { openInput } from './av-input.ts';
import { ffmpegAudioTrack } from './ffmpeg-audio.ts';
import { audioFactsOf } from './stream-facts.ts';

/** Has FFmpeg read those sound tracks of a source whose codec mediabunny does not know. */
export async function withForeignAudio(source: MediaSource, path: string): Promise<MediaSource> {
  if (source.audio.every(({ codec }) => codec !== null)) return source;
  const context = await openInput(path);
  try {
    const streams = context.streams.filter(
      ({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO,
    );
    // Where they do not see the same tracks, which is which cannot be told.
    if (streams.length !== source.audio.length) return source;
    const chosen = source.audio.map((track, position) => {
      const stream = streams[position];
      const facts = source.facts.audio[position];
      return track.codec === null && stream
        ? { track: ffmpegAudioTrack(path, stream), facts: audioFactsOf(stream) }
        : { track, facts };
    });
    return {
      ...source,
      get notices() {
        return source.notices;
      },
      audio: chosen.map(({ track }) => track),
      facts: { ...source.facts, audio: chosen.flatMap(({ facts }) => facts ?? []) },
    };
  } finally {
    await context.closeInput();
  }
}
