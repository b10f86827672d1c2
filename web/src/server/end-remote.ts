import type { Job, JobProgress } from '@clearreel/shared/api/job';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { errorTexts } from '@clearreel/shared/errors/codes';
import { outputGeometry } from '@clearreel/shared/spec/geometry';
import { jobDb } from '../jobs/job-db.ts';
import type { JobRecord, JobReport, JobResult } from '../jobs/job-record.ts';
import { removeJobFiles } from '../storage/job-files.ts';
import type { ServerClient } from './server-client.ts';

const resultOf = ({ result }: Job): JobResult | null =>
  result && {
    fileName: result.fileName,
    mimeType: result.mimeType,
    bytes: result.bytes,
    sideFiles: result.sideFiles.map(({ fileName }) => fileName),
  };

function reportOf(record: JobRecord, job: Job, framesPlanned: number | null): JobReport | null {
  const { result, spec, startedAtMs, endedAtMs, attempts } = job;
  const facts = job.facts ?? record.facts;
  if (!result || !facts) return null;
  const { width, height } = outputGeometry(facts.video, spec.enhance.target, spec.output.codec);
  return {
    framesIn: framesPlanned ?? result.frameCount,
    framesOut: result.frameCount,
    seconds: ((endedAtMs ?? 0) - (startedAtMs ?? 0)) / 1000,
    provider: result.provider,
    decoder: facts.decoder,
    encoder: result.encoder,
    model: spec.enhance.strength === 0 ? 'none' : spec.enhance.model,
    ...{ width, height, attempts },
  };
}

/** A newer server may fail with a code that this page has no text for: then the server's own stands. */
const failureOf = ({ failure }: Job) => {
  const report = failure?.report;
  if (!report) return new ClearReelError('SERVER_REFUSED', { reason: 'no reason' }).toReport();
  return Object.hasOwn(errorTexts, report.code)
    ? ClearReelError.fromReport(report).toReport()
    : report;
};

/** A picture for lists, where the job has none. What fails leaves it without one. */
async function takeThumbnail(id: string, job: Job, client: ServerClient): Promise<void> {
  if (await jobDb.thumbnail(id)) return;
  const response = await client.read(job.links.thumbnail);
  await jobDb.setThumbnail(id, await response.blob());
}

/** A copy of the source was for sending it. */
async function tidyUp(id: string): Promise<void> {
  await removeJobFiles(id);
  await jobDb.noteTidy(id);
}

/** So that the next estimate of this server is better; what cannot be learnt is estimated as before. */
async function learn(record: JobRecord, report: JobReport, last: JobProgress | null) {
  const { learnFromRemote } = await import('./learn-from-remote.ts');
  await learnFromRemote(record, report, last);
}

/** Writes down how a job ended over there. @param last What its progress was at last. */
export async function endRemote(
  record: JobRecord,
  job: Job,
  last: JobProgress | null,
  client: ServerClient,
): Promise<JobRecord> {
  const { id } = record;
  if (job.notices.length > 0) await jobDb.addNotices(id, job.notices);
  if (job.state === 'cancelled') return jobDb.cancel(id);
  const result = resultOf(job);
  const report = reportOf(record, job, last?.framesTotal || null);
  if (job.state === 'failed' || !result || !report) return jobDb.fail(id, failureOf(job));
  await jobDb.finish(id, result, report);
  // The job is done; what is left lying is swept at the next start.
  await tidyUp(id).catch(() => {});
  await takeThumbnail(id, job, client).catch(() => {});
  await learn(record, report, last).catch(() => {});
  return jobDb.get(id);
}
