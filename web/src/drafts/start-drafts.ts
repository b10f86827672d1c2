import type { NewJob } from '../jobs/create-job.ts';
import type { HostOptions } from '../jobs/job-record.ts';
import { useQueue } from '../queue/queue-store.ts';
import type { Draft } from './drafts-store.ts';

/** Puts drafts into the queue. Files that could not be read stay where they are. */
export async function startDrafts(
  drafts: readonly Draft[],
  host: HostOptions,
): Promise<readonly string[]> {
  const jobs = drafts.flatMap(({ file, handle, keepsCopy, inspection, spec }): NewJob[] => {
    if (!inspection || !spec) return [];
    const { facts, fingerprint } = inspection;
    return [{ file, fingerprint, facts, spec, host, keepsCopy, ...(handle && { handle }) }];
  });
  const queue = useQueue.getState();
  await queue.open();
  return (await queue.add(jobs)).map(({ id }) => id);
}
