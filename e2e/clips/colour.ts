import { ffmpegClip } from './clip.ts';
import { bars, h264, hevc, vp9 } from './parts.ts';

type Coding = { matrix: string; range: 'tv' | 'pc'; format: string };

/** The same bars in every clip, so that only tags and matrix differ. */
const coded = ({ matrix, range, format }: Coding) =>
  `${bars} -vf format=gbrp,scale=out_color_matrix=${matrix}:out_range=${range}:flags=accurate_rnd+full_chroma_int,format=${format}`;

const tags = (primaries: string, transfer: string, matrix: string, range: 'tv' | 'pc') =>
  `-color_primaries ${primaries} -color_trc ${transfer} -colorspace ${matrix} -color_range ${range}`;

const bt601 = tags('smpte170m', 'smpte170m', 'smpte170m', 'tv');
const bt709 = tags('bt709', 'bt709', 'bt709', 'tv');
const wide = (transfer: string) => tags('bt2020', transfer, 'bt2020nc', 'tv');

const small = { range: 'tv', format: 'yuv420p' } as const;
const deep = { matrix: 'bt2020', range: 'tv', format: 'yuv420p10le' } as const;
const deepVp9 = `${vp9} -profile:v 2 -pix_fmt yuv420p10le`;

const hdr10 =
  'hdr10=1:repeat-headers=1:max-cll=1000,400:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)';

export const colourClips = [
  ffmpegClip({
    name: 'bt601',
    proves: 'tagged and coded smpte170m, limited range',
    extension: 'mp4',
    steps: [`${coded({ ...small, matrix: 'smpte170m' })} ${bt601} ${h264} out.mp4`],
  }),
  ffmpegClip({
    name: 'bt709',
    proves: 'tagged and coded bt709, limited range; the same RGB as bt601',
    extension: 'mp4',
    steps: [`${coded({ ...small, matrix: 'bt709' })} ${bt709} ${h264} out.mp4`],
  }),
  ffmpegClip({
    name: 'full-range',
    proves: 'tagged and coded bt709, full range; the same RGB as bt601',
    extension: 'mp4',
    steps: [
      `${coded({ matrix: 'bt709', range: 'pc', format: 'yuvj420p' })} ${tags('bt709', 'bt709', 'bt709', 'pc')} ${h264.replace('yuv420p', 'yuvj420p')} out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'untagged',
    proves: 'no colour tags at all, coded smpte170m',
    extension: 'mp4',
    steps: [
      `${coded({ ...small, matrix: 'smpte170m' })},setparams=color_primaries=unknown:color_trc=unknown:colorspace=unknown:range=unknown ${h264} out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'bt709-vp9',
    proves: 'tagged and coded bt709 in WebM',
    extension: 'webm',
    steps: [`${coded({ ...small, matrix: 'bt709' })} ${bt709} ${vp9} -pix_fmt yuv420p out.webm`],
  }),
  ffmpegClip({
    name: 'ten-bit',
    proves: '10-bit SDR, bt709, VP9 profile 2',
    extension: 'webm',
    steps: [
      `${coded({ matrix: 'bt709', range: 'tv', format: 'yuv420p10le' })} ${bt709} ${deepVp9} out.webm`,
    ],
  }),
  ffmpegClip({
    name: 'hdr-pq',
    proves: '10-bit bt2020 with the PQ transfer, VP9 profile 2',
    extension: 'webm',
    steps: [`${coded(deep)} ${wide('smpte2084')} ${deepVp9} out.webm`],
  }),
  ffmpegClip({
    name: 'hdr-hlg',
    proves: '10-bit bt2020 with the HLG transfer, VP9 profile 2',
    extension: 'webm',
    steps: [`${coded(deep)} ${wide('arib-std-b67')} ${deepVp9} out.webm`],
  }),
  ffmpegClip({
    name: 'hdr10-hevc',
    proves: '10-bit HEVC with PQ, mastering display and content light level (HDR10)',
    extension: 'mp4',
    steps: [`${coded(deep)} ${wide('smpte2084')} ${hevc}:${hdr10} -pix_fmt yuv420p10le out.mp4`],
  }),
];
