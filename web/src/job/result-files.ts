import type { JobRecord } from '../jobs/job-record.ts';
import { readJobFile } from '../storage/job-files.ts';

export interface ResultFile {
  readonly name: string;
  readonly file: File;
}

/** The video first, then what lies beside it. Files that are gone are left out. */
export async function readResultFiles({ id, result, spec }: JobRecord): Promise<ResultFile[]> {
  if (!result) return [];
  const stored = [
    { stored: `result.${spec.output.container}`, name: result.fileName },
    ...result.sideFiles.map((name) => ({ stored: name, name })),
  ];
  const files = await Promise.all(
    stored.map(async ({ stored: storedName, name }) => ({
      name,
      file: await readJobFile(id, storedName),
    })),
  );
  return files.flatMap(({ name, file }) => (file ? [{ name, file }] : []));
}
