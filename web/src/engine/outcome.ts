import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';

/** What a call to the worker came to. Errors cross as data: a thrown one would lose its code on the way. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorReport };

export interface Inspection {
  readonly facts: SourceFacts;
  readonly notices: readonly Notice[];
  /** What a job would be refused for unless the user decides otherwise. */
  readonly problems: readonly ErrorReport[];
  readonly proposed: JobSpec;
}
