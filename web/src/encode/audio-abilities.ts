import type { AudioAbilities } from '@clearreel/shared/join/audio-plan';
import { canEncodeAudio } from 'mediabunny';

let isAacRegistered = false;

/** Chromium on Linux encodes no AAC of its own; the extension is loaded only once a job asks for it. */
async function ensureAac(): Promise<void> {
  if (isAacRegistered || (await canEncodeAudio('aac'))) return;
  const { registerAacEncoder } = await import('@mediabunny/aac-encoder');
  registerAacEncoder();
  isAacRegistered = true;
}

export const webAudioAbilities: AudioAbilities = {
  canDecode: async ({ inputTrack }) => (await inputTrack?.canDecode()) ?? false,
  async firstEncodable(codecs, { inputTrack }) {
    const numberOfChannels = (await inputTrack?.getNumberOfChannels()) ?? 2;
    const sampleRate = (await inputTrack?.getSampleRate()) ?? 48000;
    for (const codec of codecs) {
      if (codec === 'aac') await ensureAac();
      if (await canEncodeAudio(codec, { numberOfChannels, sampleRate })) return codec;
    }
    return null;
  },
};
