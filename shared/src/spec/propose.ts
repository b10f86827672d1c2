import type { SourceFacts } from '../media/facts.ts';
import { type JobSpec, jobSpecSchema, type OutputContainer } from './job-spec.ts';
import { usualFramesPerSecond } from './sequence-rate.ts';

const containerOf = (source: string): OutputContainer =>
  source === 'mkv' || source === 'webm' ? source : 'mp4';

/** What the app does with a file when the user says nothing: ×2, the same length, the container kept where it can be. */
export function proposeSpec(facts: SourceFacts): JobSpec {
  const container = containerOf(facts.container);
  return jobSpecSchema.parse({
    version: 1,
    ...(facts.container === 'images' && { input: { framesPerSecond: usualFramesPerSecond } }),
    enhance: {},
    output: { container, codec: container === 'webm' ? 'vp9' : 'avc' },
  });
}
