import type { SourceFacts } from '../media/facts.ts';
import { sourceWindow } from '../plan/source-window.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import type { KeptTime } from './cue-times.ts';

/** The part of the source that is in the result; `null` where the result has the source's own time. */
export function keptTime({ trim }: JobSpec, { originSeconds }: SourceFacts): KeptTime | null {
  const { endSeconds, zeroSeconds } = sourceWindow(trim, originSeconds);
  if (endSeconds === null && zeroSeconds === 0) return null;
  return { startSeconds: zeroSeconds, endSeconds: endSeconds ?? Number.POSITIVE_INFINITY };
}
