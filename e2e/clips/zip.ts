import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';

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
