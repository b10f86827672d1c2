import { join } from 'node:path';
import type { Notice } from '@clearreel/shared/media/facts';
import type { FrozenJob } from '@clearreel/shared/prepare/prepare-job';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { z } from 'zod';
import { DiskFolder } from '../storage/disk-folder.ts';

export const planFile = 'plan.json';

export const segmentsPath = (workFolder: string): string => join(workFolder, 'segments');

/** What a job's later runs must find unchanged. */
export interface PreparedJob {
  readonly frozen: FrozenJob<'node-av'>;
  readonly notices: readonly Notice[];
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** Written by this program alone, as a whole or not at all: only what it was made for is looked at. */
const planSchema = z.object({
  version: z.literal(1),
  spec: z.string(),
  source: z.string(),
  prepared: z.custom<PreparedJob>(isObject),
});

/** The plan of an earlier run, if it was for the same spec and the same source. */
export async function readPlan(
  workFolder: string,
  spec: JobSpec,
  source: string,
): Promise<PreparedJob | null> {
  const folder = await DiskFolder.open(workFolder);
  const bytes = await folder.read(planFile);
  if (!bytes) return null;
  const read = planSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  const isSame =
    read.success && read.data.spec === JSON.stringify(spec) && read.data.source === source;
  return isSame ? read.data.prepared : null;
}

export async function writePlan(
  workFolder: string,
  spec: JobSpec,
  source: string,
  prepared: PreparedJob,
): Promise<void> {
  const folder = await DiskFolder.open(workFolder);
  const plan: z.infer<typeof planSchema> = {
    version: 1,
    spec: JSON.stringify(spec),
    source,
    prepared,
  };
  await folder.write(planFile, [new TextEncoder().encode(JSON.stringify(plan))]);
}
