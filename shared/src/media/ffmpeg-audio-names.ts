import type { AudioCodec } from 'mediabunny';

/** Codecs whose packets mediabunny writes and reads back, by FFmpeg's names: they are copied. */
export const copiedAudio: Readonly<Record<string, AudioCodec>> = {
  aac: 'aac',
  mp3: 'mp3',
  mp3float: 'mp3',
  ac3: 'ac3',
  eac3: 'eac3',
  dts: 'dts',
  opus: 'opus',
  vorbis: 'vorbis',
  flac: 'flac',
  pcm_u8: 'pcm-u8',
  pcm_s16le: 'pcm-s16',
  pcm_s16be: 'pcm-s16be',
  pcm_s24le: 'pcm-s24',
  pcm_s24be: 'pcm-s24be',
  pcm_s32le: 'pcm-s32',
  pcm_s32be: 'pcm-s32be',
  pcm_f32le: 'pcm-f32',
  pcm_f64le: 'pcm-f64',
};
