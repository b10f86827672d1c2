import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js';

export type ZipOptions = {
  /** Without it the files are only stored. */
  deflate?: boolean;
  password?: string;
};

/** A ZIP of the files, in this order, the same on every run (where there is no password). */
export async function zipOf(
  files: ReadonlyMap<string, Uint8Array>,
  { deflate = false, password }: ZipOptions = {},
): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), {
    ...{ level: deflate ? 6 : 0, useWebWorkers: false, lastModDate: new Date(2026, 0, 1) },
    ...(password !== undefined && { password, zipCrypto: true }),
  });
  for (const [name, bytes] of files) await zip.add(name, new Uint8ArrayReader(bytes));
  return zip.close();
}

/** Writes the files of a ZIP where a user would have them, and gives the folder. */
export async function unzipped(path: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-'));
  const zip = new ZipReader(new Uint8ArrayReader(await readFile(path)));
  for (const entry of await zip.getEntries()) {
    if (entry.directory) continue;
    const target = join(folder, entry.filename);
    await mkdir(dirname(target), { recursive: true });
    const bytes = await entry.getData(new Uint8ArrayWriter(), { useWebWorkers: false });
    await writeFile(target, bytes);
  }
  return folder;
}
