import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { SourceFacts } from '@clearreel/shared/media/facts';

export type ProbeMessage = { readonly facts: SourceFacts } | { readonly error: ErrorReport };
