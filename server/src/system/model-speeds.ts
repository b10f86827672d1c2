import type { System } from '@clearreel/shared/api/system';
import type { JobRepository } from '../jobs/job-repository.ts';

/** Older ones may be of another device, or of older drivers. */
const newestJobs = 50;

/** How fast the models of the newest completed jobs ran here. */
export async function modelSpeeds(repository: JobRepository): Promise<System['speeds']> {
  const { jobs } = await repository.listJobs({
    states: ['completed'],
    sort: 'updatedAt',
    order: 'descending',
    limit: newestJobs,
  });
  const sums = new Map<string, { seconds: number; megapixels: number; jobs: number }>();
  for (const { spec, result } of jobs) {
    if (!result || spec.enhance.model === 'none') continue;
    const { width, height } = result.facts.video;
    const sum = sums.get(spec.enhance.model) ?? { seconds: 0, megapixels: 0, jobs: 0 };
    sums.set(spec.enhance.model, {
      seconds: sum.seconds + result.inferenceSeconds,
      megapixels: sum.megapixels + (result.frameCount * width * height) / 1e6,
      jobs: sum.jobs + 1,
    });
  }
  return [...sums].map(([model, sum]) => ({
    model,
    secondsPerMegapixel: sum.seconds / sum.megapixels,
    jobs: sum.jobs,
  }));
}
