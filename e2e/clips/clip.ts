import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ffmpeg } from '../reference/ffmpeg.ts';

/** A file that is made on demand and kept under a hash of how it is made. */
export type Clip = {
  name: string;
  /** What a test can rely on; proven with ffprobe in `clips.test.ts`. */
  proves: string;
  /** File name, extension included. */
  file: string;
  /** Everything that decides the file's bytes; a change of it makes the file anew. */
  recipe: string;
  /** Writes the file into an empty folder. */
  make: (folder: string) => Promise<void>;
};

export type FfmpegRecipe = {
  name: string;
  proves: string;
  /** Extension of the file, which the last step writes as `out.<extension>`. */
  extension: string;
  /** ffmpeg command lines, arguments parted by white space, run one after the other. */
  steps: string[];
  /** Text files that the steps read. */
  texts?: Record<string, string>;
  /** Last change to the bytes, for what ffmpeg's command line cannot say. */
  patch?: (bytes: Buffer) => Buffer;
};

const cacheFolder = fileURLToPath(new URL('../../.cache/clips', import.meta.url));

/** One thread and no version strings, so that a recipe gives the same bytes on every run. */
const repeatable = ['-threads', '1', '-fflags', '+bitexact', '-flags', '+bitexact'];

export function ffmpegClip(recipe: FfmpegRecipe): Clip {
  const { name, proves, extension, steps, texts = {}, patch } = recipe;
  const file = `${basename(name)}.${extension}`;
  const out = `out.${extension}`;
  return {
    name,
    proves,
    file,
    recipe: JSON.stringify([extension, steps, texts, patch?.toString(), repeatable]),
    make: async (folder) => {
      for (const [path, text] of Object.entries(texts)) await writeFile(join(folder, path), text);
      for (const step of steps) {
        const args = step.trim().split(/\s+/);
        await ffmpeg([...args.slice(0, -1), ...repeatable, ...args.slice(-1)], folder);
      }
      if (patch) {
        await writeFile(join(folder, file), patch(await readFile(join(folder, out))));
      } else {
        await rename(join(folder, out), join(folder, file));
      }
    },
  };
}

/** Path of the clip's file, made now if no earlier run made it. */
export async function cached(clip: Clip): Promise<string> {
  const hash = createHash('sha256').update(clip.recipe).digest('hex').slice(0, 12);
  const kept = join(cacheFolder, clip.name, hash);
  const path = join(kept, clip.file);
  if (existsSync(path)) return path;
  await mkdir(dirname(kept), { recursive: true });
  const draft = await mkdtemp(`${kept}.draft-`);
  try {
    await clip.make(draft);
    const ready = await mkdtemp(`${kept}.ready-`);
    await rename(join(draft, clip.file), join(ready, clip.file));
    await moveUnlessThere(ready, kept);
    await dropOlder(kept);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return path;
}

/** Another test process may have made the same clip meanwhile; its file is as good. */
async function moveUnlessThere(ready: string, kept: string): Promise<void> {
  try {
    await rename(ready, kept);
  } catch (error) {
    await rm(ready, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
}

/** Files of earlier recipes, which nothing asks for any more. */
async function dropOlder(kept: string): Promise<void> {
  for (const entry of await readdir(dirname(kept))) {
    if (/^[0-9a-f]{12}$/.test(entry) && entry !== basename(kept)) {
      await rm(join(dirname(kept), entry), { recursive: true, force: true });
    }
  }
}
