import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { SpecHost } from '@clearreel/shared/prepare/check-spec';
import { findModel } from '../inference/models.ts';

/** This machine as the rules for a spec see it. */
export const specHost = ({ container }: SourceFacts): SpecHost => ({
  // Pictures are decoded to RGB of 8 bits, as in browsers.
  keepsDepth: container !== 'images',
  deinterlaces: container !== 'images',
  findModel,
});
