import { ffmpegClip } from '../clips/clip.ts';
import { boxAt } from '../clips/mp4-boxes.ts';
import { h264, stereoTone, testCard } from '../clips/parts.ts';

const sampleTable = 'moov/trak/mdia/minf/stbl';

/** Makes track, sample entry and VP9 key frame agree on a square that the data does not fill. */
function claimSquareVp9(bytes: Buffer, side: number): Buffer {
  const track = boxAt(bytes, 'moov/trak/tkhd').body + 76;
  bytes.writeUInt32BE(side * 0x10000, track);
  bytes.writeUInt32BE(side * 0x10000, track + 4);
  const entry = boxAt(bytes, `${sampleTable}/stsd/vp09`).body + 24;
  bytes.writeUInt16BE(side, entry);
  bytes.writeUInt16BE(side, entry + 2);
  // VP9 specification, section 6.2: in profile 0 the sizes less one follow 36 bits of header.
  const keyFrame = bytes.readUInt32BE(boxAt(bytes, `${sampleTable}/stco`).body + 8);
  const sizes = (BigInt(side - 1) << 16n) | BigInt(side - 1);
  const nibblesAround = BigInt(bytes.readUIntBE(keyFrame + 4, 5)) & 0xf0_0000_000fn;
  bytes.writeUIntBE(Number(nibblesAround | (sizes << 4n)), keyFrame + 4, 5);
  return bytes;
}

/** Makes the AVI headers and every JPEG frame header agree on 30000×30000. */
function claimHugeMjpeg(bytes: Buffer): Buffer {
  const side = 30_000;
  const mainHeader = bytes.indexOf('avih') + 8;
  bytes.writeUInt32LE(side, mainHeader + 32);
  bytes.writeUInt32LE(side, mainHeader + 36);
  const streamFormat = bytes.indexOf('strf') + 8;
  bytes.writeUInt32LE(side, streamFormat + 4);
  bytes.writeUInt32LE(side, streamFormat + 8);
  const startOfFrame = Buffer.from([0xff, 0xc0, 0x00, 0x11, 0x08]);
  for (let at = bytes.indexOf(startOfFrame); at >= 0; at = bytes.indexOf(startOfFrame, at + 1)) {
    bytes.writeUInt16BE(side, at + 5);
    bytes.writeUInt16BE(side, at + 7);
  }
  return bytes;
}

/** The initialisation part of a fragmented MP4: tracks without a single sample. */
const withoutFragments = (bytes: Buffer) => bytes.subarray(0, boxAt(bytes, 'moof').start);

function renameCodec(bytes: Buffer): Buffer {
  bytes.write('zzzz', boxAt(bytes, `${sampleTable}/stsd/avc1`).start + 4, 'latin1');
  return bytes;
}

const second = { seconds: 1 };
const smallVp9 = `${testCard(second)} -c:v libvpx-vp9 -deadline realtime -cpu-used 6 -lag-in-frames 0 -pix_fmt yuv420p -g 1000 out.mp4`;

/** Files whose headers promise what is not there. */
export const headers = [
  ffmpegClip({
    name: 'claims-30000',
    proves: 'container and VP9 key frame both say 30000×30000, past what ffmpeg takes',
    extension: 'mp4',
    steps: [smallVp9],
    patch: (bytes) => claimSquareVp9(bytes, 30_000),
  }),
  ffmpegClip({
    name: 'claims-16000',
    proves: 'container and VP9 key frame both say 16000×16000, which decoders take: 384 MB a frame',
    extension: 'mp4',
    steps: [smallVp9],
    patch: (bytes) => claimSquareVp9(bytes, 16_000),
  }),
  ffmpegClip({
    name: 'claims-30000-avi',
    proves: 'AVI headers and every JPEG frame say 30000×30000; the data is for 96×54',
    extension: 'avi',
    steps: [`${testCard(second)} -c:v mjpeg -q:v 5 -pix_fmt yuvj420p out.avi`],
    patch: claimHugeMjpeg,
  }),
  ffmpegClip({
    name: 'no-frames',
    proves: 'an H.264 and an AAC track without a single sample',
    extension: 'mp4',
    steps: [
      `${testCard(second)} ${stereoTone(second)} ${h264} -c:a aac -movflags +frag_keyframe+empty_moov out.mp4`,
    ],
    patch: withoutFragments,
  }),
  ffmpegClip({
    name: 'unknown-codec',
    proves: 'a whole MP4 whose video codec is called zzzz',
    extension: 'mp4',
    steps: [`${testCard(second)} ${stereoTone(second)} ${h264} -c:a aac out.mp4`],
    patch: renameCodec,
  }),
];
