import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { useDrafts } from '../drafts/drafts-store.ts';
import { modelFor } from '../settings/kinds.ts';
import sampleUrl from './sample.mp4?url';

/**
 * Opens the clip that the project brings, for whoever has no video at hand.
 * @throws ClearReelError SAMPLE_MISSING
 */
export async function openSample(): Promise<void> {
  try {
    const [file, spec] = await Promise.all([fetchSample(), quickSpec()]);
    useDrafts.getState().add([{ file, spec }]);
  } catch (error) {
    throw asClearReelError(error, 'SAMPLE_MISSING');
  }
}

async function fetchSample(): Promise<File> {
  const response = await fetch(sampleUrl);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return new File([await response.blob()], 'sample.mp4', { type: 'video/mp4' });
}

/**
 * The quick model suits the drawn clip as well as larger ones do, and a first result should come within seconds,
 * on a processor too.
 */
async function quickSpec(): Promise<JobSpec> {
  const { parseJobSpec } = await import('@clearreel/shared/spec/job-spec');
  const target = { kind: 'factor', factor: 2 } as const;
  return parseJobSpec({
    version: 1,
    enhance: { model: modelFor('fast', target), target },
    output: { container: 'mp4', codec: 'avc' },
  });
}
