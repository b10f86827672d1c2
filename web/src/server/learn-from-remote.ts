import type { JobProgress } from '@clearreel/shared/api/job';
import { tileBudgetPixels } from '@clearreel/shared/enhance/tile-budget';
import { jobFacts } from '@clearreel/shared/estimate/job-facts';
import { learnedPace } from '@clearreel/shared/estimate/learn';
import { figureDb } from '../estimate/figure-db.ts';
import { serverFigures } from '../estimate/server-offer.ts';
import { models } from '../inference/catalogue.ts';
import type { JobRecord, JobReport } from '../jobs/job-record.ts';
import { serverFacts } from './server-facts.ts';
import { useServer } from './server-store.ts';

/** Corrects what is expected of a server by what a job there really took. */
export async function learnFromRemote(
  { facts, spec, host }: JobRecord,
  report: JobReport,
  last: JobProgress | null,
): Promise<void> {
  const { address, system } = useServer.getState();
  if (!facts || !last || !system || address !== host.server || report.attempts > 1) return;
  const model =
    spec.enhance.strength === 0 ? null : (models.find(({ id }) => id === report.model) ?? null);
  const { machine, speeds } = serverFacts(address, system, null);
  const figures = await serverFigures({ machine, speeds });
  const maxTilePixels = model ? tileBudgetPixels(model) : Number.MAX_SAFE_INTEGER;
  const decoder = { value: 'webcodecs', reason: '' } as const;
  const job = jobFacts({ facts: { ...facts, decoder }, spec, model, maxTilePixels });
  const { open, prepare, join } = last.stageSeconds;
  const pace = learnedPace(
    { ...job, frames: report.framesOut },
    report.seconds - open - prepare - join,
    figures,
    models,
  );
  if (pace) await figureDb.putPace(machine, model, pace);
}
