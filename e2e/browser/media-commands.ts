import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { BrowserCommand } from 'vitest/node';
import { clip } from '../clips/index.ts';
import { fault } from '../faults/index.ts';
import { toolOutput } from '../reference/ffmpeg.ts';

const faults = 'faults/';

/**
 * What a browser test may ask of the Node side: clips, and an independent ffmpeg that says what is in
 * them. A clip is named in the arguments as `{clip:name}`.
 */
const clipBytes: BrowserCommand<[name: string]> = async (_context, name) => {
  const path = name.startsWith(faults) ? await fault(name.slice(faults.length)) : await clip(name);
  // As text: a URL would not do, since Vite takes `.ts` for TypeScript.
  return { fileName: basename(path), base64: (await readFile(path)).toString('base64') };
};

const mediaTool: BrowserCommand<[program: 'ffmpeg' | 'ffprobe', args: string[]]> = async (
  _context,
  program,
  args,
) => {
  const filled = await Promise.all(args.map(fillClip));
  const quiet = program === 'ffmpeg' ? ['-hide_banner', '-nostdin', '-y'] : [];
  return (await toolOutput(program, [...quiet, '-v', 'error', ...filled])).toString();
};

/** The same with a file that the test made; it is named `{file}` in the arguments. */
const mediaToolOnFile: BrowserCommand<
  [program: 'ffmpeg' | 'ffprobe', args: string[], base64: string, extension: string]
> = async (_context, program, args, base64, extension) => {
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-'));
  try {
    const path = join(folder, `file.${extension}`);
    await writeFile(path, Buffer.from(base64, 'base64'));
    const filled = args.map((each) => each.replace('{file}', path));
    return (await toolOutput(program, ['-v', 'error', ...filled])).toString();
  } finally {
    await rm(folder, { recursive: true });
  }
};

async function fillClip(argument: string): Promise<string> {
  const name = /^\{clip:(.+)\}$/.exec(argument)?.[1];
  return name === undefined ? argument : clip(name);
}

export const mediaCommands = { clipBytes, mediaTool, mediaToolOnFile };
