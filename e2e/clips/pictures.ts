import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packHead } from '@clearreel/shared/sequence/pack-format';
import { ffmpeg } from '../reference/ffmpeg.ts';
import { type Clip, ffmpegClip } from './clip.ts';
import { bars, testCard } from './parts.ts';
import { type ZipOptions, zipOf } from './zip.ts';

/** Changes pictures, or puts other files beside them; keys are paths inside the folder. */
type Change = (files: Map<string, Buffer>) => void;

type PictureRecipe = {
  name: string;
  proves: string;
  /** Ends with the pattern of the pictures' names, such as `shot_%d.png`. */
  step: string;
  change?: Change;
  zip?: ZipOptions;
};

async function picturesOf(step: string, folder: string): Promise<Map<string, Buffer>> {
  const inside = join(folder, 'pictures');
  await mkdir(inside);
  await ffmpeg(step.trim().split(/\s+/), inside);
  const names = await readdir(inside);
  names.sort((a, b) => Number(a.match(/\d+/)?.[0]) - Number(b.match(/\d+/)?.[0]));
  const files = new Map<string, Buffer>();
  for (const name of names) files.set(name, await readFile(join(inside, name)));
  return files;
}

function pictureClip({ name, proves, step, change, zip = {} }: PictureRecipe): Clip {
  const file = `${name}.zip`;
  return {
    ...{ name, proves, file },
    recipe: JSON.stringify([step, change?.toString(), zip]),
    make: async (folder) => {
      const files = await picturesOf(step, folder);
      change?.(files);
      await writeFile(join(folder, file), await zipOf(files, zip));
    },
  };
}

const moving = testCard({ seconds: 0.48 });
const png = '-pix_fmt rgb24 shot_%d.png';

/** Writes an EXIF orientation (CIPA DC-008, §4.6) behind the start of a JPEG. */
function turn(jpeg: Buffer, orientation: number): Buffer {
  const entry = `1201030001000000${orientation.toString(16).padStart(2, '0')}000000`;
  const tiff = `49492a00080000000100${entry}00000000`;
  const exif = Buffer.from(`ffe10022457869660000${tiff}`, 'hex');
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}

const packed: Clip = {
  name: 'pictures-packed',
  proves: 'the twelve pictures of pictures-png as the app packs a folder of them',
  file: 'pictures-packed.frames',
  recipe: JSON.stringify([moving, png, packHead.toString()]),
  make: async (folder) => {
    const files = [...(await picturesOf(`${moving} ${png}`, folder))];
    const head = packHead(files.map(([name, { length: bytes }]) => ({ name, bytes })));
    const bytes = Buffer.concat([head, ...files.map(([, picture]) => picture)]);
    await writeFile(join(folder, 'pictures-packed.frames'), bytes);
  },
};

/** Image sequences. */
export const pictureClips: readonly Clip[] = [
  pictureClip({
    name: 'pictures-png',
    proves: 'twelve numbered PNG of 96×54 in a folder of a ZIP, 10 after 9, with what macOS adds',
    step: `${moving} ${png}`,
    zip: { deflate: true },
    change: (files) => {
      const pictures = [...files];
      files.clear();
      files.set('__MACOSX/Reel/._shot_1.png', Buffer.from('00051607', 'hex'));
      files.set('Reel/.DS_Store', Buffer.from('Bud1'));
      files.set('Reel/notes.txt', Buffer.from('Take two was better.\n'));
      // Alphabetical, as packers list them: shot_10 stands before shot_2.
      for (const [name, bytes] of pictures.sort()) files.set(`Reel/${name}`, bytes);
    },
  }),
  packed,
  ffmpegClip({
    name: 'pictures-as-rgb',
    proves: 'the pictures of pictures-png as RGB video without loss',
    extension: 'mkv',
    steps: [`${moving} -pix_fmt rgb24 -c:v ffv1 out.mkv`],
  }),
  ffmpegClip({
    name: 'pictures-as-video',
    proves: 'the pictures of pictures-png as BT.709 video without loss',
    extension: 'mkv',
    steps: [
      `${moving} -vf format=rgb24,scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p -colorspace bt709 -c:v ffv1 out.mkv`,
    ],
  }),
  pictureClip({
    name: 'bars-png',
    proves: '25 PNG of the same RGB bars as bt601',
    step: `${bars} -vf format=gbrp,format=rgb24 %04d.png`,
  }),
  pictureClip({
    name: 'bars-jpeg',
    proves: '25 finely coded JPEG (4:2:0, full range) of the same RGB bars as bt601',
    step: `${bars} -vf format=gbrp,scale=out_color_matrix=bt601:out_range=pc:flags=accurate_rnd+full_chroma_int,format=yuvj420p -q:v 1 -qmin 1 %04d.jpg`,
  }),
  pictureClip({
    name: 'bars-webp',
    proves: '25 finely coded lossy WebP of the same RGB bars as bt601',
    step: `${bars} -vf format=gbrp,scale=out_color_matrix=bt601:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p -c:v libwebp -quality 98 %04d.webp`,
  }),
  pictureClip({
    name: 'pictures-odd',
    proves: 'twelve JPEG (4:2:0) of 97×55, whose last chroma samples cover one pixel',
    step: `${testCard({ seconds: 0.48, width: 97, height: 55 })} -pix_fmt yuvj420p -q:v 1 -qmin 1 %d.jpg`,
  }),
  pictureClip({
    name: 'pictures-turned',
    proves: 'JPEG stored as 96×54 whose EXIF says that they stand upright, 54×96',
    step: `${moving} -pix_fmt yuvj420p -q:v 1 -qmin 1 %d.jpg`,
    change: (files) => {
      for (const [name, bytes] of files) files.set(name, turn(bytes, 6));
    },
  }),
  pictureClip({
    name: 'pictures-alpha',
    proves: 'PNG whose left half is transparent',
    step: `${moving} -vf format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='if(lt(X,48),0,255)' %d.png`,
  }),
  pictureClip({
    name: 'pictures-sizes',
    proves: 'the fifth of twelve PNG has another size',
    step: `${moving} ${png}`,
    change: (files) => {
      const other = Buffer.from(files.get('shot_5.png') ?? []);
      other.writeUInt32BE(98, 16);
      files.set('shot_5.png', other);
    },
  }),
  pictureClip({
    name: 'pictures-damaged',
    proves: 'of twelve PNG the fifth ends in its middle and the eighth is zeros',
    step: `${moving} ${png}`,
    change: (files) => {
      const fifth = files.get('shot_5.png') ?? Buffer.alloc(0);
      files.set('shot_5.png', fifth.subarray(0, fifth.length >> 1));
      files.set('shot_8.png', Buffer.alloc(2000));
    },
  }),
  pictureClip({
    name: 'pictures-gaps',
    proves: 'twelve PNG without numbers 4, 5 and 9',
    step: `${moving} ${png}`,
    change: (files) => {
      for (const number of [4, 5, 9]) files.delete(`shot_${number}.png`);
    },
  }),
  pictureClip({
    name: 'picture-alone',
    proves: 'a ZIP of one PNG',
    step: `${moving} -frames:v 1 ${png}`,
  }),
  pictureClip({
    name: 'pictures-encrypted',
    proves: 'a ZIP with a password',
    step: `${moving} ${png}`,
    zip: { deflate: true, password: 'secret' },
  }),
  pictureClip({
    name: 'pictures-bomb',
    proves: 'a ZIP whose second PNG claims 30000×30000',
    step: `${moving} -frames:v 2 ${png}`,
    change: (files) => {
      const hostile = Buffer.from(files.get('shot_2.png') ?? []);
      hostile.writeUInt32BE(30_000, 16);
      hostile.writeUInt32BE(30_000, 20);
      files.set('shot_2.png', hostile);
    },
  }),
];
