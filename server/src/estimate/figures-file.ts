import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf, diskError } from '../storage/disk-error.ts';
import { writeWhole } from '../storage/disk-folder.ts';

const fileName = 'figures.json';

const figureSchema = z.object({ secondsPerMegapixel: z.number(), loadSeconds: z.number() });

/** By provider and device, then by the model and its file's checksum. */
const figuresSchema = z.object({
  version: z.literal(1),
  machines: z.record(z.string(), z.record(z.string(), figureSchema)),
});

export type KeptFigures = z.infer<typeof figuresSchema>['machines'];

/** What was measured before; a file that cannot be understood is as if nothing was. */
export async function readFigures(folder: string): Promise<KeptFigures> {
  let text: string;
  try {
    text = await readFile(join(folder, fileName), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw await diskError(error, folder);
  }
  try {
    return figuresSchema.parse(JSON.parse(text)).machines;
  } catch {
    return {}; // It is measured again.
  }
}

export async function writeFigures(folder: string, machines: KeptFigures): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw await diskError(error, folder);
  }
  const file: z.infer<typeof figuresSchema> = { version: 1, machines };
  await writeWhole(folder, fileName, [new TextEncoder().encode(JSON.stringify(file))]);
}
