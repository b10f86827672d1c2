import {
  type AudioCodec,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  type OutputFormat,
  WebMOutputFormat,
} from 'mediabunny';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { OutputCodec } from '../media/encoder.ts';
import type { JobSpec, OutputContainer } from '../spec/job-spec.ts';

/** The index is written last (`fastStart: false`): a result of any length then needs no memory. */
const formats: Record<OutputContainer, () => OutputFormat> = {
  mp4: () => new Mp4OutputFormat({ fastStart: false }),
  // QuickTime's own user data has no place for covers; the list of MP4 has, and players read it here too.
  mov: () => new MovOutputFormat({ fastStart: false, metadataFormat: 'mdir' }),
  mkv: () => new MkvOutputFormat(),
  webm: () => new WebMOutputFormat(),
};

export const outputFormat = (container: OutputContainer): OutputFormat => formats[container]();

const containers: readonly OutputContainer[] = ['mp4', 'mov', 'mkv', 'webm'];

export const containersFor = (codec: AudioCodec | null): readonly OutputContainer[] =>
  containers.filter(
    (container) => codec && outputFormat(container).getSupportedAudioCodecs().includes(codec),
  );

/** @throws ClearReelError `CONTAINER_CODEC` with the codecs that the container holds. */
export function requireCodec({ output: { container, codec } }: JobSpec): void {
  const supported = outputFormat(container).getSupportedVideoCodecs();
  if (supported.includes(codec)) return;
  const offered: readonly OutputCodec[] = ['avc', 'vp9', 'av1', 'hevc'];
  throw new ClearReelError('CONTAINER_CODEC', {
    option: 'output.codec',
    container,
    codec,
    allowed: offered.filter((candidate) => supported.includes(candidate)).join(', '),
  });
}
