import { jobFacts } from '@clearreel/shared/estimate/job-facts';
import { learnedPace } from '@clearreel/shared/estimate/learn';
import { models } from '../inference/catalogue.ts';
import type { EngineReport, FrozenJob, JobRecord, Provider } from '../jobs/job-record.ts';
import { figureDb } from './figure-db.ts';
import { describeMachine } from './machine.ts';

/**
 * Corrects what was measured by what a job really took, so that estimates get better on this machine. A figure that
 * cannot be kept is measured again another time and takes nothing from the job that is done: it is not an error.
 */
export async function learnFromJob(
  job: JobRecord,
  report: EngineReport,
  frozen: FrozenJob,
): Promise<void> {
  try {
    await learn(job, report, frozen);
  } catch (error) {
    console.warn('The job taught nothing:', error);
  }
}

async function learn({ spec }: JobRecord, report: EngineReport, frozen: FrozenJob): Promise<void> {
  // The times of a job that was interrupted are those of its last part alone.
  if (report.resumedSegments > 0 || report.attempts > 1) return;
  const { facts, maxTilePixels, encoder } = frozen;
  const model =
    spec.enhance.strength === 0 ? null : (models.find(({ id }) => id === report.model) ?? null);
  const machine = await describeMachine(
    report.provider.value as Provider,
    report.width * report.height,
  );
  const figures = await figureDb.load(machine);
  const { open, prepare, join } = report.stageSeconds;
  const done = {
    ...jobFacts({ facts, spec, model, maxTilePixels }),
    frames: report.framesOut,
    encoderHost: encoder.value,
    sample: {
      decodeSecondsPerFrame: 0,
      heldShare: report.reusedFrames / Math.max(1, report.framesOut),
      unchangedShare: report.reusedTiles / Math.max(1, report.tiles),
      maxTilePixels,
    },
  };
  const runSeconds = report.seconds - open - prepare - join;
  const pace = learnedPace(done, runSeconds, figures, models);
  if (pace) await figureDb.putPace(machine, model, pace);
}
