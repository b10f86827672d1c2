import type { AudioCodec } from 'mediabunny';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { Notice } from '../media/facts.ts';
import type { AudioTrackSource, MediaSource } from '../media/source.ts';
import { notice } from '../notices/notice.ts';
import { because } from '../notices/reasons.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import { containersFor, outputFormat } from './output-format.ts';

export type AudioAction =
  | { readonly kind: 'copy' }
  | { readonly kind: 'encode'; readonly codec: AudioCodec };

export interface PlannedAudio {
  readonly track: AudioTrackSource;
  readonly action: AudioAction;
}

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
/** What no muxer here can copy anywhere is kept without loss where that is possible. */
const preferredForForeign: readonly AudioCodec[] = ['flac', 'pcm-s16', 'opus', 'aac'];

/**
 * Copies wherever the container can hold the codec, else re-encodes. A track that can be neither is no reason to
 * drop it: the user chooses another container, or no sound.
 * @throws ClearReelError `CONTAINER_AUDIO`
 */
export async function planAudio(
  source: MediaSource,
  spec: JobSpec,
  abilities: AudioAbilities,
): Promise<readonly PlannedAudio[]> {
  const tracks = spec.output.audio === 'keep' ? source.audio : [];
  const planned: PlannedAudio[] = [];
  for (const track of tracks) {
    planned.push({ track, action: await actionFor(track, spec, abilities) });
  }
  return planned;
}

async function actionFor(
  track: AudioTrackSource,
  { output: { container } }: JobSpec,
  abilities: AudioAbilities,
): Promise<AudioAction> {
  const supported = outputFormat(container).getSupportedAudioCodecs();
  if (track.codec && supported.includes(track.codec)) return { kind: 'copy' };
  const wanted = track.codec === null ? preferredForForeign : preferred;
  const candidates = wanted.filter((codec) => supported.includes(codec));
  const codec =
    (track.inputTrack || track.samples) && (await abilities.canDecode(track))
      ? await abilities.firstEncodable(candidates, track)
      : null;
  if (codec) return { kind: 'encode', codec };
  throw new ClearReelError('CONTAINER_AUDIO', {
    container,
    codec: nameOf(track),
    allowed: containersFor(track.codec).join(', '),
  });
}

const nameOf = ({ codec, codecName }: AudioTrackSource) =>
  codec ?? codecName ?? because('UNKNOWN_CODEC');

/** Says which tracks are not copied, and why. */
export function audioNotices(planned: readonly PlannedAudio[], { output }: JobSpec): Notice[] {
  return planned.flatMap(({ track, action }, position) => {
    if (action.kind === 'copy') return [];
    return notice('AUDIO_REENCODED', {
      number: position + 1,
      codec: nameOf(track),
      languageCode: track.languageCode,
      newCodec: action.codec,
      container: output.container,
    });
  });
}
