import type { JobSpec } from '../spec/job-spec.ts';

/** The part of the source that a job keeps, on the container's own clock. */
export interface SourceWindow {
  /** `null` reaches to that end of the source. */
  readonly startSeconds: number | null;
  readonly endSeconds: number | null;
  /** The source time that is 0 in the result. */
  readonly zeroSeconds: number;
}

/**
 * A trim counts from the source's origin: time 0 in most containers, but transport and program streams start
 * anywhere. Untrimmed sources keep their offsets to it.
 */
export function sourceWindow(trim: JobSpec['trim'], originSeconds = 0): SourceWindow {
  return {
    startSeconds: trim?.startSeconds === undefined ? null : originSeconds + trim.startSeconds,
    endSeconds: trim?.endSeconds === undefined ? null : originSeconds + trim.endSeconds,
    zeroSeconds: originSeconds + (trim?.startSeconds ?? 0),
  };
}
