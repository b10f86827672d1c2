import type { OutputContainer } from '@clearreel/shared/spec/job-spec';
import {
  AV_CODEC_ID_ASS,
  AV_CODEC_ID_DVB_SUBTITLE,
  AV_CODEC_ID_DVD_SUBTITLE,
  AV_CODEC_ID_HDMV_PGS_SUBTITLE,
  AV_CODEC_ID_MOV_TEXT,
  AV_CODEC_ID_SUBRIP,
  AV_CODEC_ID_WEBVTT,
  type AVCodecID,
} from 'node-av';
import { isStyled, isText, textOf, timedTextHeader, timedTextSample } from './cue-text.ts';
import type { SubtitleTrack } from './source-subtitles.ts';

const pictures: ReadonlySet<AVCodecID> = new Set([
  AV_CODEC_ID_HDMV_PGS_SUBTITLE,
  AV_CODEC_ID_DVD_SUBTITLE,
  AV_CODEC_ID_DVB_SUBTITLE,
]);

/** The track in a coding that the container has; `null` where it has none for it. */
export function embeddedTrack(
  track: SubtitleTrack,
  container: OutputContainer,
): SubtitleTrack | null {
  if (container === 'mkv') {
    const isHeld = isStyled(track.codec) || track.codec === 'webvtt' || pictures.has(track.codecId);
    return isHeld ? asAss(track) : recoded(track, AV_CODEC_ID_SUBRIP, null, Buffer.from);
  }
  if (container === 'webm') return recoded(track, AV_CODEC_ID_WEBVTT, null, Buffer.from);
  return recoded(track, AV_CODEC_ID_MOV_TEXT, timedTextHeader(), timedTextSample);
}

/** Matroska has one coding for both versions of SubStation Alpha. */
const asAss = (track: SubtitleTrack): SubtitleTrack =>
  track.codec === 'ssa' ? { ...track, codecId: AV_CODEC_ID_ASS } : track;

function recoded(
  track: SubtitleTrack,
  codecId: AVCodecID,
  header: Buffer | null,
  encode: (text: string) => Buffer,
): SubtitleTrack | null {
  if (!isText(track.codec)) return null;
  if (track.codecId === codecId) return track;
  const cues = track.cues.flatMap((cue) => {
    const text = textOf(track.codec, cue);
    return text ? [{ ...cue, data: encode(text) }] : [];
  });
  return { ...track, codecId, header, cues };
}
