import { readError } from '@clearreel/shared/media/read-errors';
import type { NewJob } from '../jobs/create-job.ts';
import { fingerprint } from '../jobs/fingerprint.ts';
import type { HostOptions } from '../jobs/job-record.ts';
import { usePreview } from '../preview/preview-store.ts';
import { useQueue } from '../queue/queue-store.ts';
import type { Draft } from './draft.ts';

async function newJob(draft: Draft, host: HostOptions): Promise<NewJob[]> {
  const { file, handle, keepsCopy, inspection, spec } = draft;
  if (!inspection || !spec) return [];
  const { facts } = inspection;
  const preview = usePreview.getState();
  const thumbnail = preview.file === file ? preview.thumbnail : null;
  const print = await fingerprint(file).catch((error) => {
    throw readError(error, 'SOURCE_CHANGED');
  });
  return [
    {
      ...{ file, fingerprint: print, facts, spec, keepsCopy, host },
      ...(handle && { handle }),
      ...(thumbnail && { thumbnail }),
    },
  ];
}

/** Puts drafts into the queue. Files that could not be read stay where they are. */
export async function startDrafts(
  drafts: readonly Draft[],
  host: HostOptions,
): Promise<readonly string[]> {
  const jobs = (await Promise.all(drafts.map((draft) => newJob(draft, host)))).flat();
  // The job gets all of the machine.
  usePreview.getState().rest();
  const queue = useQueue.getState();
  await queue.open();
  return (await queue.add(jobs)).map(({ id }) => id);
}
