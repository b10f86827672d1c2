import { ffmpegClip } from './clip.ts';
import { aac, av1, h264, hevc, opus, stereoTone, testCard, vp8, vp9 } from './parts.ts';

const input = `${testCard({ seconds: 2 })} ${stereoTone({ seconds: 2 })}`;
const mp3 = '-c:a libmp3lame -b:a 96k';
const mp2 = '-c:a mp2 -b:a 96k';
const mpeg2 = '-c:v mpeg2video -q:v 3 -g 12 -bf 2';

/** Codecs and containers that browsers play, by themselves or with the audio copied. */
export const codecClips = [
  ffmpegClip({
    name: 'webm-vp9-opus',
    proves: 'VP9 and Opus in WebM, a key frame every second',
    extension: 'webm',
    steps: [`${input} ${vp9} -pix_fmt yuv420p -g 25 ${opus} out.webm`],
  }),
  ffmpegClip({
    name: 'webm-vp8-vorbis',
    proves: 'VP8 and Vorbis in WebM',
    extension: 'webm',
    steps: [`${input} ${vp8} -g 25 -c:a libvorbis -q:a 3 out.webm`],
  }),
  ffmpegClip({
    name: 'av1-mp4',
    proves: 'AV1 and Opus in MP4',
    extension: 'mp4',
    steps: [`${input} ${av1} -g 25 ${opus} out.mp4`],
  }),
  ffmpegClip({
    name: 'h264-ts',
    proves: 'H.264 with B-frames and AAC in an MPEG transport stream that starts near 1.4 s',
    extension: 'ts',
    steps: [`${input} ${h264} -bf 2 -g 25 ${aac} out.ts`],
  }),
  ffmpegClip({
    name: 'pcm-mov',
    proves: 'H.264 and 16-bit PCM in QuickTime',
    extension: 'mov',
    steps: [`${input} ${h264} -g 25 -c:a pcm_s16le out.mov`],
  }),
  ffmpegClip({
    name: 'ac3-mp4',
    proves: 'H.264 and AC-3 in MP4',
    extension: 'mp4',
    steps: [`${input} ${h264} -g 25 -c:a ac3 -b:a 96k out.mp4`],
  }),
  ffmpegClip({
    name: 'mp3-mp4',
    proves: 'H.264 and MP3 in MP4',
    extension: 'mp4',
    steps: [`${input} ${h264} -g 25 ${mp3} out.mp4`],
  }),
  ffmpegClip({
    name: 'flac-mkv',
    proves: 'H.264 and FLAC in Matroska',
    extension: 'mkv',
    steps: [`${input} ${h264} -g 25 -c:a flac out.mkv`],
  }),
];

/** What no browser decodes or opens: work for the rescue decoder and the server. */
export const legacyClips = [
  ffmpegClip({
    name: 'xvid-avi',
    proves: 'MPEG-4 part 2 tagged XVID with B-frames and MP3 in AVI',
    extension: 'avi',
    steps: [`${input} -c:v mpeg4 -vtag XVID -bf 2 -q:v 3 -g 25 ${mp3} out.avi`],
  }),
  ffmpegClip({
    name: 'mpeg2-ps',
    proves: 'MPEG-2 and MP2 in an MPEG program stream',
    extension: 'mpg',
    steps: [`${input} ${mpeg2} ${mp2} -f vob out.mpg`],
  }),
  ffmpegClip({
    name: 'mpeg2-ts',
    proves: 'MPEG-2 and MP2 in an MPEG transport stream',
    extension: 'ts',
    steps: [`${input} ${mpeg2} ${mp2} out.ts`],
  }),
  ffmpegClip({
    name: 'interlaced-mpeg2',
    proves: 'interlaced MPEG-2, top field first',
    extension: 'mpg',
    steps: [
      `${testCard({ rate: 50, seconds: 2, width: 96, height: 64 })} -vf interlace=scan=tff ${mpeg2} -flags +ilme+ildct -top 1 -f vob out.mpg`,
    ],
  }),
  ffmpegClip({
    name: 'mjpeg-avi',
    proves: 'Motion JPEG and PCM in AVI',
    extension: 'avi',
    steps: [`${input} -c:v mjpeg -q:v 3 -pix_fmt yuvj420p -c:a pcm_s16le out.avi`],
  }),
  ffmpegClip({
    name: 'prores-mov',
    proves: 'ProRes 4:2:2 10-bit and PCM in QuickTime',
    extension: 'mov',
    steps: [
      `${testCard({ seconds: 0.4 })} ${stereoTone({ seconds: 0.4 })} -c:v prores_ks -profile:v 0 -pix_fmt yuv422p10le -c:a pcm_s16le out.mov`,
    ],
  }),
  ffmpegClip({
    name: 'hevc-mp4',
    proves: 'HEVC and AAC in MP4',
    extension: 'mp4',
    steps: [`${input} ${hevc} -pix_fmt yuv420p -g 25 ${aac} out.mp4`],
  }),
  ffmpegClip({
    name: 'wmv',
    proves: 'WMV 2 and WMA 2 in ASF',
    extension: 'wmv',
    steps: [`${input} -c:v wmv2 -q:v 3 -c:a wmav2 -b:a 96k out.wmv`],
  }),
  ffmpegClip({
    name: 'flv',
    proves: 'Sorenson H.263 and MP3 in FLV',
    extension: 'flv',
    steps: [`${input} -c:v flv -q:v 3 ${mp3} -ar 44100 out.flv`],
  }),
  ffmpegClip({
    name: 'mpeg4-mp4',
    proves: 'MPEG-4 part 2 with B-frames and AAC in MP4',
    extension: 'mp4',
    steps: [`${input} -c:v mpeg4 -bf 2 -q:v 3 -g 25 ${aac} out.mp4`],
  }),
  ffmpegClip({
    name: 'ffv1-mp2-mkv',
    proves: 'FFV1 of RGB pixels and MP2 in Matroska',
    extension: 'mkv',
    steps: [`${input} -c:v ffv1 -pix_fmt gbrp ${mp2} out.mkv`],
  }),
  ffmpegClip({
    name: 'h264-mp2-mkv',
    proves: 'H.264 and MP2 in Matroska',
    extension: 'mkv',
    steps: [`${input} ${h264} -bf 2 -g 25 ${mp2} out.mkv`],
  }),
  ffmpegClip({
    name: 'h264-avi',
    proves: 'H.264 with B-frames in AVI, which stores no presentation times',
    extension: 'avi',
    steps: [`${input} ${h264} -bf 3 -g 25 ${mp3} out.avi`],
  }),
];
