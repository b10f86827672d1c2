import { type FfmpegRecipe, ffmpegClip } from '../clips/clip.ts';
import { boxAt } from '../clips/mp4-boxes.ts';
import { aac, h264, opus, stereoTone, testCard, vp9 } from '../clips/parts.ts';

const keyEverySecond = '-bf 2 -g 25 -sc_threshold 0';
const whole = `${testCard()} ${stereoTone()} ${h264} ${keyEverySecond} ${aac}`;
const wholeWebm = `${testCard()} ${stereoTone()} ${vp9} -pix_fmt yuv420p -g 25 ${opus}`;

const firstHalf = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2));

const samples = { first: 30, last: 44 };

/** Overwrites frames 30 … 44 in file order; the file must hold nothing but its video samples. */
function damageSecondGop(bytes: Buffer): Buffer {
  const sizes = boxAt(bytes, 'moov/trak/mdia/minf/stbl/stsz').body + 12;
  const sizeOf = (sample: number) => bytes.readUInt32BE(sizes + sample * 4);
  const sum = (from: number, to: number) => {
    let total = 0;
    for (let sample = from; sample < to; sample++) total += sizeOf(sample);
    return total;
  };
  const start = boxAt(bytes, 'mdat').body + sum(0, samples.first);
  return bytes.fill(0xff, start, start + sum(samples.first, samples.last + 1));
}

/** Overwrites a tenth of the file in its middle. */
function damageMiddle(bytes: Buffer): Buffer {
  const tenth = Math.floor(bytes.length / 10);
  return bytes.fill(0xff, tenth * 5, tenth * 6);
}

const recipes: FfmpegRecipe[] = [
  {
    name: 'truncated',
    proves: 'the second half of an MP4 with its index in front is missing: 75 frames listed',
    extension: 'mp4',
    steps: [`${whole} -movflags +faststart out.mp4`],
    patch: firstHalf,
  },
  {
    name: 'truncated-index',
    proves: 'the second half of an MP4 with its index at the end is missing: unreadable',
    extension: 'mp4',
    steps: [`${whole} out.mp4`],
    patch: firstHalf,
  },
  {
    name: 'truncated-fragmented',
    proves: 'the second half of a fragmented MP4 is missing',
    extension: 'mp4',
    steps: [`${whole} -movflags +frag_keyframe+empty_moov+default_base_moof out.mp4`],
    patch: firstHalf,
  },
  {
    name: 'truncated-webm',
    proves: 'the second half of a WebM is missing, its seek index with it',
    extension: 'webm',
    steps: [`${wholeWebm} out.webm`],
    patch: firstHalf,
  },
  {
    name: 'damaged',
    proves: 'frames 30 … 44 of 75 are overwritten, the key frames 0, 25 and 50 are whole',
    extension: 'mp4',
    steps: [`${testCard()} ${h264} ${keyEverySecond} out.mp4`],
    patch: damageSecondGop,
  },
  {
    name: 'damaged-webm',
    proves: 'a tenth of a WebM in its middle is overwritten, block headers included',
    extension: 'webm',
    steps: [`${wholeWebm} out.webm`],
    patch: damageMiddle,
  },
  {
    name: 'encrypted',
    proves: 'video and audio encrypted (CENC, AES-CTR); the key is not in the file',
    extension: 'mp4',
    steps: [
      `${whole} -encryption_scheme cenc-aes-ctr -encryption_key 76a6c65c5ea762046bd749a2e632ccbb -encryption_kid a7e61c373e219033c21091fa607bf3b8 out.mp4`,
    ],
  },
];

/** Files that were whole once. */
export const broken = recipes.map(ffmpegClip);

/** The same before they were damaged. */
export const unbroken = recipes
  .filter(({ patch }) => patch)
  .map(({ name, extension, steps }) =>
    ffmpegClip({ name, extension, steps, proves: `${name} before it was damaged` }),
  );
