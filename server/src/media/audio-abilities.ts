import type { AudioAbilities } from '@clearreel/shared/join/audio-plan';
import { canEncodeAudio } from 'mediabunny';
import { prepareFfmpeg } from './prepare-ffmpeg.ts';

/** Sound that a container cannot hold is decoded and encoded by FFmpeg, as part of mediabunny. */
export const serverAudioAbilities: AudioAbilities = {
  async canDecode({ inputTrack, samples }) {
    prepareFfmpeg();
    return (samples !== undefined || (await inputTrack?.canDecode())) ?? false;
  },
  async firstEncodable(codecs, { inputTrack, decoderConfig }) {
    prepareFfmpeg();
    const config = await decoderConfig();
    const numberOfChannels =
      (await inputTrack?.getNumberOfChannels()) ?? config?.numberOfChannels ?? 2;
    const sampleRate = (await inputTrack?.getSampleRate()) ?? config?.sampleRate ?? 48000;
    for (const codec of codecs) {
      if (await canEncodeAudio(codec, { numberOfChannels, sampleRate })) return codec;
    }
    return null;
  },
};
