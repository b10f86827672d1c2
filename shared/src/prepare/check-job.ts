import { estimatedVideoBytes } from '../encode/quality.ts';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import { type AudioAbilities, audioNotices, planAudio } from '../join/audio-plan.ts';
import { attachmentsLeftOut } from '../join/tags.ts';
import type { EncoderSettings } from '../media/encoder.ts';
import type { Choice, Notice } from '../media/facts.ts';
import type { MediaSource } from '../media/source.ts';
import { conversionNotices } from '../notices/conversion.ts';
import { notice } from '../notices/notice.ts';
import { because } from '../notices/reasons.ts';
import { type Plan, planSegments } from '../plan/plan.ts';
import type { OutputGeometry } from '../spec/geometry.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import type { ResultColour } from '../spec/result-colour.ts';
import { checkSpec, type SpecHost } from './check-spec.ts';

/** Rate that rate control is told; a single frame has none of its own. */
const fallbackFrameRate = 25;

export interface EncoderChoice<Encoder extends string = string> extends Choice<Encoder> {
  readonly settings: EncoderSettings;
}

/** The video that an encoder is looked for. */
export interface WantedVideo {
  readonly plan: Plan;
  readonly geometry: OutputGeometry;
  readonly frameRate: number;
  readonly colour: ResultColour;
}

/** What the rules ask of the host that is to run the job. */
export interface JobHost<Encoder extends string = string> extends SpecHost {
  readonly audio: AudioAbilities;
  /** @throws ClearReelError `ENCODER_MISSING` */
  chooseEncoder(wanted: WantedVideo): Promise<EncoderChoice<Encoder>>;
  /** @throws ClearReelError `STORAGE_FULL` */
  requireFreeBytes(bytes: number): Promise<void>;
}

/** A job as it would start: how it would run, and everything that it would be refused for. */
export interface CheckedJob<Encoder extends string = string> {
  readonly geometry: OutputGeometry;
  readonly plan: Plan;
  readonly frameRate: number;
  /** `null` where another problem made it pointless to look for one, or where there is none. */
  readonly encoder: EncoderChoice<Encoder> | null;
  /** Of the encoded picture, without sound. */
  readonly videoBytes: number;
  /** In the order of the rules; a job that starts is refused with the first. */
  readonly problems: readonly ClearReelError[];
  /** What will not be in the result as it was in the source. */
  readonly notices: readonly Notice[];
}

/**
 * All rules that a job must keep, before the start and for the job itself, on every host. Those that take time (trying
 * the encoder, asking for room) wait until the others are kept.
 */
export async function checkJob<Encoder extends string>(
  source: MediaSource,
  spec: JobSpec,
  host: JobHost<Encoder>,
  signal: AbortSignal,
): Promise<CheckedJob<Encoder>> {
  const { geometry, colour, problems: problemsOfSpec } = checkSpec(source.facts, spec, host);
  const problems = [...problemsOfSpec];
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
  const plan = planSegments(await source.packetIndex(signal), spec, source.facts.originSeconds);
  const audio = await keeps(() => planAudio(source, spec, host.audio));
  await keeps(() => requireFrames(plan, source));
  const { averageFrameRate } = source.facts.video;
  const frameRate = averageFrameRate > 0 ? averageFrameRate : fallbackFrameRate;
  const isKept = problems.length === 0;
  const chosen =
    isKept && colour
      ? await keeps(() => host.chooseEncoder({ plan, geometry, frameRate, colour }))
      : null;
  const seconds = plan.frameCount / frameRate;
  const videoBytes = chosen
    ? estimatedVideoBytes(chosen.settings, spec.output.quality, seconds)
    : 0;
  // Segments and the joined result are on disk at the same time for a moment.
  await keeps(() => host.requireFreeBytes(2 * videoBytes));
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
