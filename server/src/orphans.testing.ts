import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemSchema } from '@clearreel/shared/api/system';
import type { RunningApp } from './app.testing.ts';

/** Files of the data folder that no record knows. */
export async function orphans({ services }: RunningApp): Promise<string[]> {
  const { folders, repository, dataFolder } = services;
  const found: string[] = [];
  const look = async (folder: string, isKnown: (name: string) => Promise<boolean>) => {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!(await isKnown(name))) found.push(join(folder, name));
    }
  };
  const isUpload = async (name: string) => (await repository.findUpload(name)) !== null;
  await look(folders.uploads, isUpload);
  await look(join(dataFolder, 'thumbnails'), isUpload);
  await look(folders.incoming, async () => false);
  await look(folders.jobs, async (name) => (await repository.findJob(name)) !== null);
  return found;
}

/** It answers, with everything that an answer needs. */
export async function answers({ api }: RunningApp): Promise<boolean> {
  const response = await fetch(`${api}/system`);
  return systemSchema.safeParse(await response.json()).success;
}
