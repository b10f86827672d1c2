import { ClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { MediaSource } from '@clearreel/shared/media/source';
import { noSeconds } from '@clearreel/shared/pipeline/progress';
import { defaultStallSeconds } from '@clearreel/shared/pipeline/stall';
import { Steps } from '@clearreel/shared/pipeline/steps';
import { proposeSpec } from '@clearreel/shared/spec/propose';
import type { HostOptions } from '../jobs/job-record.ts';
import { openSource } from '../media/open-source.ts';
import type { Inspection } from './outcome.ts';

/** Reads what the page shows of a file before a job is started. */
export async function inspect(
  file: File,
  host: HostOptions,
  signal: AbortSignal,
): Promise<Inspection> {
  const stallSeconds = host.stallSeconds ?? defaultStallSeconds;
  const steps = new Steps({ stallSeconds, seconds: noSeconds(), signal });
  try {
    const source = await steps.run(
      'open',
      (progressed) => openSource(file, host.decoder, steps.signal, progressed),
      (late) => late.dispose(),
    );
    try {
      return describeSource(source);
    } finally {
      source.dispose();
    }
  } finally {
    await steps.end();
  }
}

/** What the page shows of an opened source. */
export function describeSource({ facts, notices }: MediaSource): Inspection {
  return { facts, notices, problems: sourceProblems(facts), proposed: proposeSpec(facts) };
}

/** What a job with this source would be refused for unless the user decides otherwise. */
function sourceProblems({ video }: SourceFacts): ErrorReport[] {
  if (!video.hdr) return [];
  const transfer = video.colour.transfer ?? 'wide range';
  return [new ClearReelError('SOURCE_HDR', { transfer }).toReport()];
}
