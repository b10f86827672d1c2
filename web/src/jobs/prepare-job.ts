import { estimatedVideoBytes } from '@clearreel/shared/encode/quality';
import { chooseTilePixels } from '@clearreel/shared/enhance/choose-tiles';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { audioNotices, planAudio } from '@clearreel/shared/join/audio-plan';
import { requireCodec } from '@clearreel/shared/join/output-format';
import { attachmentsLeftOut } from '@clearreel/shared/join/tags';
import type { Notice } from '@clearreel/shared/media/facts';
import type { MediaSource } from '@clearreel/shared/media/source';
import { planSegments } from '@clearreel/shared/plan/plan';
import { type OutputGeometry, outputGeometry } from '@clearreel/shared/spec/geometry';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { webAudioAbilities } from '../encode/audio-abilities.ts';
import { chooseEncoder } from '../encode/choose-encoder.ts';
import { trialEncode } from '../encode/trial-encode.ts';
import { tileBudgetPixels } from '../engine/tile-budget.ts';
import { findModel } from '../inference/catalogue.ts';
import { requireSaneSize } from '../media/video-facts.ts';
import { requireFreeBytes } from '../storage/storage-error.ts';
import type { FrozenJob, HostOptions } from './job-record.ts';

/** Rate that rate control is told; a single frame has none of its own. */
const fallbackFrameRate = 25;

export const geometryOf = (source: MediaSource, spec: JobSpec): OutputGeometry =>
  outputGeometry(source.facts.video, spec.enhance.target, spec.output.codec);

/**
 * Decides all that later attempts must find unchanged, and refuses what cannot come out right, before any work is
 * done.
 */
export async function prepareJob(
  source: MediaSource,
  spec: JobSpec,
  host: HostOptions,
  signal: AbortSignal,
): Promise<{ frozen: FrozenJob; notices: Notice[] }> {
  requireCodec(spec);
  requireSdr(source, spec);
  const model = spec.enhance.model === 'none' ? null : findModel(spec.enhance.model);
  const geometry = geometryOf(source, spec);
  requireSaneSize(geometry.width, geometry.height);
  const plan = planSegments(await source.packetIndex(signal), spec, source.facts.originSeconds);
  const audio = await planAudio(source, spec, webAudioAbilities);
  if (plan.frameCount === 0) {
    throw new ClearReelError('SPEC_INVALID', {
      option: 'trim',
      mustBe: `a span with at least one frame, inside 0 to ${source.facts.durationSeconds.toFixed(2)} s`,
    });
  }
  const { averageFrameRate } = source.facts.video;
  const frameRate = averageFrameRate > 0 ? averageFrameRate : fallbackFrameRate;
  const encoder = await chooseEncoder(spec, geometry, frameRate, host.encoder, () =>
    trialEncode(source, plan, spec, frameRate, signal),
  );
  const seconds = plan.frameCount / frameRate;
  // Segments and the joined result are on disk at the same time for a moment.
  const videoBytes = estimatedVideoBytes(encoder.settings, spec.output.quality, seconds);
  await requireFreeBytes(2 * videoBytes);
  const budget = model ? tileBudgetPixels(model) : Number.MAX_SAFE_INTEGER;
  const maxTilePixels =
    model && spec.enhance.reuse
      ? await chooseTilePixels(source, plan, model, budget, signal)
      : budget;
  return {
    frozen: {
      plan,
      encoder,
      maxTilePixels,
      facts: source.facts,
    },
    notices: [
      ...source.notices,
      ...conversionNotices(source, geometry),
      ...coverNotices(source, spec),
      ...attachmentNotices(source, spec),
      ...audioNotices(audio, spec),
    ],
  };
}

function requireSdr({ facts: { video } }: MediaSource, { output }: JobSpec): void {
  if (!video.hdr || output.hdr === 'convert') return;
  throw new ClearReelError('SOURCE_HDR', { transfer: video.colour.transfer ?? 'wide range' });
}

function coverNotices({ tags }: MediaSource, { output }: JobSpec): Notice[] {
  if (!tags.images?.length || output.container !== 'webm') return [];
  const message = 'WebM has no place for cover art; it is left out. MKV, MP4 and MOV have one.';
  return [{ code: 'COVER_LEFT_OUT', message }];
}

function attachmentNotices(source: MediaSource, spec: JobSpec): Notice[] {
  const names = attachmentsLeftOut(source, spec);
  if (names.length === 0) return [];
  const message = `${spec.output.container.toUpperCase()} has no place for attached files; left out: ${names.join(', ')}. MKV has one.`;
  return [{ code: 'ATTACHMENTS_LEFT_OUT', message }];
}

/** What will not be in the result as it was in the source: said before the start. */
function conversionNotices({ facts }: MediaSource, geometry: OutputGeometry): Notice[] {
  const { video } = facts;
  const notices: Notice[] = [];
  if (video.hdr) notices.push({ code: 'HDR_CONVERTED', message: 'HDR is converted to SDR.' });
  else if (video.bitDepth !== null && video.bitDepth > 8) {
    notices.push({
      code: 'BIT_DEPTH_REDUCED',
      message: `The source has ${video.bitDepth} bits a channel; the result has 8.`,
    });
  }
  if (video.hasAlpha) {
    notices.push({
      code: 'ALPHA_DROPPED',
      message: 'The transparency of the source is not kept; transparent parts become opaque.',
    });
  }
  if (geometry.roundedFrom) {
    const { width, height } = geometry.roundedFrom;
    notices.push({
      code: 'SIZE_ROUNDED',
      message: `${width}×${height} is rounded up to ${geometry.width}×${geometry.height}, because this codec needs even sides. VP9 and AV1 do not.`,
    });
  }
  return notices;
}
