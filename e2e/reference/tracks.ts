import { ffmpeg } from './ffmpeg.ts';
import { probe } from './probe.ts';

export type Cue = { startSeconds: number; endSeconds: number; text: string };

export type SubtitleTrack = {
  codec: string;
  language: string | undefined;
  title: string | undefined;
  dispositions: string[];
  cues: Cue[];
};

/** Every text subtitle track with its cues, as ffmpeg writes them in SubRip. */
export async function subtitlesOf(path: string): Promise<SubtitleTrack[]> {
  const { subtitles } = await probe(path);
  return Promise.all(
    subtitles.map(async ({ index, codec, language, title, dispositions }) => {
      const output = ['-map', `0:${index}`, '-f', 'srt', '-'];
      const text = await ffmpeg(['-i', path, ...output]);
      return { codec, language, title, dispositions, cues: cuesOf(text.toString()) };
    }),
  );
}

function cuesOf(subRip: string): Cue[] {
  return subRip
    .replaceAll('\r', '')
    .split(/\n\n+(?=\d+\n)/)
    .flatMap((block) => {
      const [, times = '', ...lines] = block.trim().split('\n');
      const [start, end] = times.split(' --> ').map(secondsOf);
      if (start === undefined || end === undefined) return [];
      return [{ startSeconds: start, endSeconds: end, text: lines.join('\n') }];
    });
}

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.replace(',', '.').split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** Start of an audio track less the start of the video, as a player shows them. */
export async function audioOffsetSeconds(path: string, audioIndex = 0): Promise<number> {
  const { video, audio } = await probe(path);
  const picture = video[0];
  const sound = audio[audioIndex];
  if (!picture || !sound) throw new Error(`${path} has no video or no audio track ${audioIndex}`);
  return sound.startSeconds - picture.startSeconds;
}
