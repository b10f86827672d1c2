import { type Estimate, estimateJob } from '@clearreel/shared/estimate/estimate-job';
import type { Figures } from '@clearreel/shared/estimate/figures';
import type { JobFacts, SourceSample } from '@clearreel/shared/estimate/job-facts';
import type { ProposeOptions } from '@clearreel/shared/estimate/pick-model';
import { patienceSeconds } from '@clearreel/shared/estimate/propose';
import type { ServerOffer } from '@clearreel/shared/estimate/propose-place';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import { models } from '../inference/catalogue.ts';
import { figureDb } from './figure-db.ts';
import type { Machine } from './machine.ts';

/** A server as an estimate needs it. */
export interface ServerFacts {
  readonly name: string;
  readonly machine: Machine;
  /** Seconds a megapixel of source frames, by model, as its newest jobs took. */
  readonly speeds: Readonly<Record<string, number>>;
  readonly diskBytes: number;
  readonly uploadLimitBytes: number;
  /** `null` until something was sent there. */
  readonly uploadBytesPerSecond: number | null;
}

export interface KnownServer extends ServerFacts {
  readonly figures: Figures;
}

export interface EstimateThere {
  readonly estimate: Estimate;
  /** To send the source; `null` where no speed is known yet. */
  readonly uploadSeconds: number | null;
}

/** Until the result is there, as far as is known. */
export const secondsThere = ({ estimate, uploadSeconds }: EstimateThere): number =>
  estimate.seconds + (uploadSeconds ?? 0);

/** A worker keeps its model between jobs; the first one loads it. */
const loadSeconds = 1.5;

/** What the server says of its models, with what jobs of this page have taught of the rest. */
export async function serverFigures({
  machine,
  speeds,
}: Pick<ServerFacts, 'machine' | 'speeds'>): Promise<Figures> {
  const figures = await figureDb.load(machine);
  const told = Object.entries(speeds).map(([id, secondsPerMegapixel]) => [
    id,
    { secondsPerMegapixel, loadSeconds },
  ]);
  return { ...figures, models: { ...figures.models, ...Object.fromEntries(told) } };
}

export const knowServer = async (server: ServerFacts): Promise<KnownServer> => ({
  ...server,
  figures: await serverFigures(server),
});

/** How fast this device decodes says nothing of another one, nor what it has to decode with. */
const elsewhere = (facts: SourceFacts): SourceFacts => ({
  ...facts,
  decoder: { value: 'webcodecs', reason: '' },
});

const sampleElsewhere = (sample: SourceSample | null | undefined): SourceSample | null =>
  sample ? { ...sample, decodeSecondsPerFrame: 0 } : null;

const uploadSecondsOf = ({ uploadBytesPerSecond }: ServerFacts, { bytes }: SourceFacts) =>
  uploadBytesPerSecond ? bytes / uploadBytesPerSecond : null;

export function estimateThere(server: KnownServer, job: JobFacts): EstimateThere {
  const there: JobFacts = {
    ...job,
    facts: elsewhere(job.facts),
    sample: sampleElsewhere(job.sample),
    ...{ encoderHost: 'webcodecs', startSeconds: null },
  };
  return {
    estimate: estimateJob(there, server.figures, models),
    uploadSeconds: uploadSecondsOf(server, job.facts),
  };
}

/** @param device What is proposed from for this device. */
export function offerOf(server: KnownServer, device: ProposeOptions): ServerOffer {
  const { name, figures, machine, diskBytes, uploadLimitBytes } = server;
  return {
    ...{ name, uploadLimitBytes, uploadSeconds: uploadSecondsOf(server, device.facts) },
    options: {
      ...device,
      figures,
      facts: elsewhere(device.facts),
      sample: sampleElsewhere(device.sample),
      limits: {
        freeBytes: diskBytes,
        memoryBytes: machine.memoryBytes,
        seconds: patienceSeconds(device.facts.durationSeconds),
        // FFmpeg's encoders take every size that the formats do.
        encodes: () => true,
      },
    },
  };
}
