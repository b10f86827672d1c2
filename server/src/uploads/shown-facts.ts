import { type Facts, factsSchema } from '@clearreel/shared/api/facts';
import type { SourceFacts } from '@clearreel/shared/media/facts';

/** Facts of a source as clients are told them. */
export const shownFacts = (facts: SourceFacts): Facts => factsSchema.parse(facts);
