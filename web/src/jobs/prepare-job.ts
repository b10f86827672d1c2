import type { TrialEncode } from '@clearreel/shared/encode/quality';
import type { MediaSource } from '@clearreel/shared/media/source';
import type { Plan } from '@clearreel/shared/plan/plan';
import type { JobHost } from '@clearreel/shared/prepare/check-job';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { webAudioAbilities } from '../encode/audio-abilities.ts';
import { chooseEncoder, type EncoderOverride } from '../encode/choose-encoder.ts';
import { trialEncode } from '../encode/trial-encode.ts';
import { findModel } from '../inference/catalogue.ts';
import { requireFreeBytes } from '../storage/storage-error.ts';
import type { HostOptions } from './job-record.ts';

/** Encodes a little of the source, for encoders that take a bit rate and no quantizer. */
export type TryBits = (plan: Plan, frameRate: number) => Promise<TrialEncode | null>;

/** This browser as the rules of a job see it. */
export const webHost = (
  spec: JobSpec,
  host: HostOptions,
  tryBits: TryBits,
): JobHost<EncoderOverride> => ({
  audio: webAudioAbilities,
  keepsDepth: false,
  deinterlaces: false,
  findModel,
  chooseEncoder: ({ plan, geometry, frameRate }) =>
    chooseEncoder(spec, geometry, frameRate, host.encoder, () => tryBits(plan, frameRate)),
  requireFreeBytes,
});

export const trialOf =
  (source: MediaSource, spec: JobSpec, signal: AbortSignal): TryBits =>
  (plan, frameRate) =>
    trialEncode(source, plan, spec, frameRate, signal);
