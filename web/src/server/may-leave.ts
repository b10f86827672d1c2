import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { HostOptions } from '../jobs/job-record.ts';

/** Pictures as a video are packed into a form that only this page reads. */
export const mayLeave = ({ container }: SourceFacts): boolean => container !== 'images';

/** The options for a job with this source. */
export function hostFor(facts: SourceFacts, host: HostOptions): HostOptions {
  if (mayLeave(facts)) return host;
  const { server: _, ...here } = host;
  return here;
}
