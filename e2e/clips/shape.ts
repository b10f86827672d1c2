import { ffmpegClip } from './clip.ts';
import { withDisplayMatrix } from './mp4-boxes.ts';
import { aac, av1, fractal, h264, stereoTone, testCard, vp9 } from './parts.ts';

const second = { seconds: 1 };
const odd = { width: 97, height: 53, seconds: 1 };

/** 4:2:0 H.264 crops in steps of two samples, so an odd size needs 4:4:4. */
const h264Full = h264.replace('yuv420p', 'yuv444p');

export const shapeClips = [
  ffmpegClip({
    name: 'odd-vp9',
    proves: '97×53, VP9 in WebM',
    extension: 'webm',
    steps: [`${fractal(odd)} ${vp9} -pix_fmt yuv420p out.webm`],
  }),
  ffmpegClip({
    name: 'odd-av1',
    proves: '97×53, AV1 in MP4',
    extension: 'mp4',
    steps: [`${fractal(odd)} ${av1} out.mp4`],
  }),
  ffmpegClip({
    name: 'odd-h264',
    proves: '97×53, H.264 4:4:4 in MP4',
    extension: 'mp4',
    steps: [`${fractal(odd)} ${h264Full} out.mp4`],
  }),
  ffmpegClip({
    name: 'padded-h264',
    proves: '98×54: the coded size of 112×64 is cropped by the SPS',
    extension: 'mp4',
    steps: [`${fractal({ ...odd, width: 98, height: 54 })} ${h264} out.mp4`],
  }),
  ffmpegClip({
    name: 'wide-strip',
    proves: '800×200: more than one tile on the processor',
    extension: 'mp4',
    steps: [`${fractal({ ...second, width: 800, height: 200, rate: 5 })} ${h264} out.mp4`],
  }),
  ffmpegClip({
    name: 'rotated-90',
    proves: 'a display matrix turns 96×54 by a quarter clockwise',
    extension: 'mp4',
    steps: [`${testCard(second)} ${stereoTone(second)} ${h264} ${aac} out.mp4`],
    patch: (bytes) => withDisplayMatrix(bytes, [0, 1, -1, 0], [54, 0]),
  }),
  ffmpegClip({
    name: 'rotated-180',
    proves: 'a display matrix turns 96×54 upside down',
    extension: 'mp4',
    steps: [`${testCard(second)} ${h264} out.mp4`],
    patch: (bytes) => withDisplayMatrix(bytes, [-1, 0, 0, -1], [96, 54]),
  }),
  ffmpegClip({
    name: 'mirrored',
    proves: 'a display matrix mirrors 96×54 left to right',
    extension: 'mp4',
    steps: [`${testCard(second)} ${h264} out.mp4`],
    patch: (bytes) => withDisplayMatrix(bytes, [-1, 0, 0, 1], [96, 0]),
  }),
  ffmpegClip({
    name: 'wide-pixels',
    proves: 'pixel aspect 16:11 (PAL widescreen)',
    extension: 'mp4',
    steps: [`${fractal({ ...second, width: 90, height: 72 })} -vf setsar=16/11 ${h264} out.mp4`],
  }),
  ffmpegClip({
    name: 'wide-pixels-mkv',
    proves: 'pixel aspect 16:11 as a Matroska display size',
    extension: 'mkv',
    steps: [`${fractal({ ...second, width: 90, height: 72 })} -vf setsar=16/11 ${h264} out.mkv`],
  }),
  ffmpegClip({
    name: 'size-changes',
    proves: '25 frames of 96×54, then 25 of 64×36 in the same track',
    extension: 'ts',
    steps: [
      `${testCard(second)} ${h264} -bf 0 large.ts`,
      `${testCard({ ...second, width: 64, height: 36 })} ${h264} -bf 0 -output_ts_offset 1 small.ts`,
      '-i concat:large.ts|small.ts -c copy out.ts',
    ],
  }),
  ffmpegClip({
    name: 'interlaced-h264',
    proves: 'interlaced H.264, top field first, 25 frames',
    extension: 'mp4',
    steps: [
      `${testCard({ ...second, rate: 50, height: 64 })} -vf interlace=scan=tff ${h264} -x264-params tff=1 out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'alpha-vp9',
    proves: 'VP9 with an alpha plane in WebM: clear on the left, opaque on the right',
    extension: 'webm',
    steps: [
      `${testCard(second)} -f lavfi -i color=white:size=96x54:rate=25:duration=1 -filter_complex [1]format=gray,geq=lum='255*X/W'[alpha];[0][alpha]alphamerge ${vp9} -auto-alt-ref 0 -pix_fmt yuva420p out.webm`,
    ],
  }),
];
