import { codecString } from '@clearreel/shared/encode/codec-string';
import { tileBudgetPixels } from '@clearreel/shared/enhance/tile-budget';
import type { Figures } from '@clearreel/shared/estimate/figures';
import type { SourceSample } from '@clearreel/shared/estimate/job-facts';
import type { ContentKind } from '@clearreel/shared/estimate/model-order';
import type { ProposeOptions } from '@clearreel/shared/estimate/pick-model';
import { type Proposal, patienceSeconds, targets } from '@clearreel/shared/estimate/propose';
import { proposePlace } from '@clearreel/shared/estimate/propose-place';
import type { Size } from '@clearreel/shared/frameops/contract';
import type { OutputCodec } from '@clearreel/shared/media/encoder';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import { outputGeometry } from '@clearreel/shared/spec/geometry';
import { proposeSpec } from '@clearreel/shared/spec/propose';
import { encoderConfig } from '../encode/webcodecs-encoder.ts';
import { models } from '../inference/catalogue.ts';
import { freeBytes } from '../storage/storage-error.ts';
import type { Machine } from './machine.ts';
import { type KnownServer, offerOf } from './server-offer.ts';

export interface ProposeHereOptions {
  readonly facts: SourceFacts;
  readonly figures: Figures;
  readonly machine: Machine;
  readonly sample: SourceSample | null;
  readonly kind?: ContentKind;
  readonly server?: KnownServer | null;
}

const fallbackFrameRate = 25;

/** What the app would do with this source, in this browser or on the server. */
export async function proposeHere({
  facts,
  figures,
  machine,
  sample,
  kind,
  server = null,
}: ProposeHereOptions): Promise<Proposal> {
  const { codec } = proposeSpec(facts).output;
  const frameRate = facts.video.averageFrameRate || fallbackFrameRate;
  const sizes = targets.map((target) => outputGeometry(facts.video, target, codec));
  const encodable = new Set<string>();
  for (const size of sizes) {
    if (await isEncodable(codec, size, frameRate)) encodable.add(`${size.width} ${size.height}`);
  }
  const device: ProposeOptions = {
    ...{ facts, figures, sample, models, tileBudgetPixels, ...(kind && { kind }) },
    limits: {
      freeBytes: await freeBytes(),
      memoryBytes: machine.memoryBytes,
      seconds: patienceSeconds(facts.durationSeconds),
      encodes: (_, { width, height }) => encodable.has(`${width} ${height}`),
    },
  };
  return proposePlace(device, server && offerOf(server, device));
}

/** Without WebCodecs ffmpeg encodes, at any size and slowly. */
async function isEncodable(codec: OutputCodec, size: Size, frameRate: number): Promise<boolean> {
  if (typeof VideoEncoder === 'undefined') return true;
  const config = encoderConfig({
    ...{ encoder: 'webcodecs', codec, codecString: codecString(codec, size, frameRate) },
    ...{ width: size.width, height: size.height, frameRate },
    rate: { mode: 'bitrate', bitsPerSecond: 1_000_000 },
  });
  const { supported } = await VideoEncoder.isConfigSupported(config);
  return supported ?? false;
}
