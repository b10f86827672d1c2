import type { AudioCodec, OutputFormat } from 'mediabunny';
import type { Notice } from '../media/facts.ts';
import type { AudioTrackSource } from '../media/source.ts';

export type AudioAction =
  | { readonly kind: 'copy' }
  | { readonly kind: 'encode'; readonly codec: AudioCodec }
  | { readonly kind: 'drop'; readonly reason: string };

/** What the host can do with sound beyond copying it. */
export interface AudioAbilities {
  canDecode(track: AudioTrackSource): Promise<boolean>;
  /** The first of the codecs that the host encodes, or `null`. */
  firstEncodable(
    codecs: readonly AudioCodec[],
    track: AudioTrackSource,
  ): Promise<AudioCodec | null>;
}

const preferred: readonly AudioCodec[] = ['aac', 'opus', 'flac', 'pcm-s16'];

/** Copies wherever the container can hold the codec, else re-encodes, and never drops a track in silence. */
export async function planAudio(
  track: AudioTrackSource,
  format: OutputFormat,
  abilities: AudioAbilities,
): Promise<AudioAction> {
  const supported = format.getSupportedAudioCodecs();
  if (track.codec && supported.includes(track.codec)) return { kind: 'copy' };
  if (!track.inputTrack || !(await abilities.canDecode(track))) {
    return { kind: 'drop', reason: `nothing here decodes ${track.codec ?? 'its codec'}` };
  }
  const candidates = preferred.filter((codec) => supported.includes(codec));
  const codec = await abilities.firstEncodable(candidates, track);
  return codec
    ? { kind: 'encode', codec }
    : { kind: 'drop', reason: `nothing here encodes ${candidates.join(' or ')}` };
}

export function audioNotice(
  action: AudioAction,
  track: AudioTrackSource,
  position: number,
  container: string,
): Notice | null {
  const label = `Audio track ${position + 1} (${track.codec ?? 'unknown'}, ${track.languageCode})`;
  if (action.kind === 'encode') {
    return {
      code: 'AUDIO_REENCODED',
      message: `${label} is re-encoded as ${action.codec}, because ${container} cannot hold it.`,
    };
  }
  if (action.kind === 'drop') {
    return {
      code: 'AUDIO_DROPPED',
      message: `${label} cannot be kept in ${container}: ${action.reason}. MKV can hold it.`,
    };
  }
  return null;
}
