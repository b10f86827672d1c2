import { estimatedVideoBytes, type TrialEncode } from '@clearreel/shared/encode/quality';
import { chooseTiles } from '@clearreel/shared/enhance/choose-tiles';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { audioNotices, planAudio } from '@clearreel/shared/join/audio-plan';
import { requireCodec } from '@clearreel/shared/join/output-format';
import { attachmentsLeftOut } from '@clearreel/shared/join/tags';
import type { Notice } from '@clearreel/shared/media/facts';
import type { MediaSource } from '@clearreel/shared/media/source';
import { requireSaneSize } from '@clearreel/shared/media/video-facts';
import { conversionNotices } from '@clearreel/shared/notices/conversion';
import { notice } from '@clearreel/shared/notices/notice';
import { because } from '@clearreel/shared/notices/reasons';
import { type Plan, planSegments } from '@clearreel/shared/plan/plan';
import { type OutputGeometry, outputGeometry } from '@clearreel/shared/spec/geometry';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { resultColour } from '@clearreel/shared/spec/result-colour';
import { webAudioAbilities } from '../encode/audio-abilities.ts';
import { chooseEncoder, type EncoderChoice } from '../encode/choose-encoder.ts';
import { trialEncode } from '../encode/trial-encode.ts';
import { tileBudgetPixels } from '../engine/tile-budget.ts';
import { findModel } from '../inference/catalogue.ts';
import { requireFreeBytes } from '../storage/storage-error.ts';
import type { FrozenJob, HostOptions } from './job-record.ts';

/** Browsers enhance 8 bits. */
const keepsDepth = false;

/** Rate that rate control is told; a single frame has none of its own. */
const fallbackFrameRate = 25;

export const geometryOf = (source: MediaSource, spec: JobSpec): OutputGeometry =>
  outputGeometry(source.facts.video, spec.enhance.target, spec.output.codec);

/** A job as it would start: how it would run, and everything that it would be refused for. */
export interface CheckedJob {
  readonly geometry: OutputGeometry;
  readonly plan: Plan;
  readonly frameRate: number;
  /** `null` where another problem made it pointless to look for one, or where there is none. */
  readonly encoder: EncoderChoice | null;
  /** Of the encoded picture, without sound. */
  readonly videoBytes: number;
  /** In the order of the rules; a job that starts is refused with the first. */
  readonly problems: readonly ClearReelError[];
  /** What will not be in the result as it was in the source. */
  readonly notices: readonly Notice[];
}

/** `tryBits` encodes a little of the source, for encoders that take a bit rate and no quantizer. */
export type TryBits = (plan: Plan, frameRate: number) => Promise<TrialEncode | null>;

/**
 * All rules that a job must keep, for the page before the start and for the job itself. Those that take time (trying
 * the encoder, asking for room) wait until the others are kept.
 */
export async function checkJob(
  source: MediaSource,
  spec: JobSpec,
  host: HostOptions,
  tryBits: TryBits,
  signal: AbortSignal,
): Promise<CheckedJob> {
  const problems: ClearReelError[] = [];
  // What the trial finds damaged is found again by the job itself, and with all the rest.
  const sourceNotices = [...source.notices];
  const keeps = async <T>(rule: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await rule();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ClearReelError)) throw error;
      problems.push(error);
      return null;
    }
  };
  await keeps(() => requireCodec(spec));
  await keeps(() => requireWhole(spec));
  const colour = await keeps(() => resultColour(source.facts.video, spec, keepsDepth));
  await keeps(() => modelOf(spec));
  const geometry = geometryOf(source, spec);
  await keeps(() => requireSaneSize(geometry.width, geometry.height));
  const plan = planSegments(await source.packetIndex(signal), spec, source.facts.originSeconds);
  const audio = await keeps(() => planAudio(source, spec, webAudioAbilities));
  await keeps(() => requireFrames(plan, source));
  const { averageFrameRate } = source.facts.video;
  const frameRate = averageFrameRate > 0 ? averageFrameRate : fallbackFrameRate;
  const isKept = problems.length === 0;
  const chosen = isKept
    ? await keeps(() =>
        chooseEncoder(spec, geometry, frameRate, host.encoder, () => tryBits(plan, frameRate)),
      )
    : null;
  const seconds = plan.frameCount / frameRate;
  const videoBytes = chosen
    ? estimatedVideoBytes(chosen.settings, spec.output.quality, seconds)
    : 0;
  // Segments and the joined result are on disk at the same time for a moment.
  await keeps(() => requireFreeBytes(2 * videoBytes));
  return {
    ...{ geometry, plan, frameRate, encoder: chosen, videoBytes, problems },
    notices: [
      ...sourceNotices,
      ...conversionNotices(source.facts.video, geometry, colour?.bitDepth ?? 8),
      ...coverNotices(source, spec),
      ...attachmentNotices(source, spec),
      ...audioNotices(audio ?? [], spec),
    ],
  };
}

/**
 * Decides all that later attempts must find unchanged, and refuses what cannot come out right, before any work is
 * done.
 */
export async function prepareJob(
  source: MediaSource,
  spec: JobSpec,
  host: HostOptions,
  signal: AbortSignal,
): Promise<{ frozen: FrozenJob; notices: readonly Notice[] }> {
  const checked = await checkJob(source, spec, host, trialOf(source, spec, signal), signal);
  const [problem] = checked.problems;
  if (problem || !checked.encoder) throw problem ?? new Error('a job without an encoder');
  const { plan, encoder, notices } = checked;
  const model = modelOf(spec);
  const budget = model ? tileBudgetPixels(model) : Number.MAX_SAFE_INTEGER;
  const { maxTilePixels } =
    model && spec.enhance.reuse
      ? await chooseTiles(source, plan, model, budget, signal)
      : { maxTilePixels: budget };
  return { frozen: { plan, encoder, maxTilePixels, facts: source.facts }, notices };
}

export const trialOf =
  (source: MediaSource, spec: JobSpec, signal: AbortSignal): TryBits =>
  (plan, frameRate) =>
    trialEncode(source, plan, spec, frameRate, signal);

const modelOf = ({ enhance }: JobSpec) =>
  enhance.model === 'none' ? null : findModel(enhance.model);

function requireWhole({ input }: JobSpec): void {
  if (input?.deinterlace) throw new ClearReelError('DEINTERLACE_MISSING');
}

function requireFrames({ frameCount }: Plan, { facts }: MediaSource): void {
  if (frameCount > 0) return;
  throw new ClearReelError('SPEC_INVALID', {
    option: 'trim',
    mustBe: because('TRIM_SPAN', { durationSeconds: facts.durationSeconds }),
  });
}

function coverNotices({ tags }: MediaSource, { output }: JobSpec): Notice[] {
  if (!tags.images?.length || output.container !== 'webm') return [];
  return [notice('COVER_LEFT_OUT')];
}

function attachmentNotices(source: MediaSource, spec: JobSpec): Notice[] {
  const names = attachmentsLeftOut(source, spec);
  if (names.length === 0) return [];
  const container = spec.output.container.toUpperCase();
  return [notice('ATTACHMENTS_LEFT_OUT', { container, names: names.join(', ') })];
}
