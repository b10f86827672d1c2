import { EncodedPacket } from 'mediabunny';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { VideoDecoderConfigData } from '../media/encoder.ts';
import { because } from '../notices/reasons.ts';
import type { Plan } from '../plan/plan.ts';
import type { SegmentStore } from '../segments/segment-store.ts';
import { equalBytes, lengthPrefixedParameterSets, prepend } from './avc-parameter-sets.ts';

export interface JoinedVideo {
  /** Decoder configuration of the whole track. */
  readonly config: VideoDecoderConfigData;
  /** Every segment carries its own parameter sets in its key packets (`avc3`, ISO/IEC 14496-15 §5.4.2). */
  readonly isInBand: boolean;
  readonly frameCount: number;
  readonly firstSeconds: number;
  readonly lastSeconds: number;
}

/**
 * Looks over all segments before a byte is written: are they whole, and do their decoder configurations agree?
 * H.264 configurations that differ are cured by parameter sets in the packets; others cannot be joined.
 */
export async function surveySegments(
  plan: Plan,
  store: SegmentStore,
  onProgress: () => void = () => {},
): Promise<JoinedVideo> {
  let config: VideoDecoderConfigData | null = null;
  let isInBand = false;
  let frameCount = 0;
  let firstSeconds = Number.NaN;
  let lastSeconds = Number.NaN;
  for (const { index } of plan.segments) {
    const segment = await store.get(index);
    onProgress();
    if (!segment)
      throw new ClearReelError('JOIN_FAILED', {
        reason: because('PART_MISSING', { part: index + 1 }),
      });
    frameCount += segment.packets.length;
    if (segment.packets.length === 0) continue;
    if (config === null) firstSeconds = segment.packets[0]?.timestampSeconds ?? Number.NaN;
    lastSeconds = segment.packets.at(-1)?.timestampSeconds ?? lastSeconds;
    config ??= segment.config;
    if (equalBytes(config.description, segment.config.description)) continue;
    if (!config.codec.startsWith('avc')) {
      throw new ClearReelError('JOIN_FAILED', {
        reason: because('PART_DIFFERS', { part: index + 1 }),
      });
    }
    isInBand = true;
  }
  if (!config) throw new ClearReelError('SOURCE_NO_FRAMES');
  const codec = isInBand ? config.codec.replace(/^avc1/, 'avc3') : config.codec;
  return { config: { ...config, codec }, isInBand, frameCount, firstSeconds, lastSeconds };
}

/** The packets of all segments in presentation order, one segment in memory at a time. */
export async function* videoPackets(
  plan: Plan,
  store: SegmentStore,
  { isInBand }: JoinedVideo,
  shiftSeconds: number,
): AsyncGenerator<EncodedPacket> {
  for (const { index } of plan.segments) {
    const segment = await store.get(index);
    if (!segment)
      throw new ClearReelError('JOIN_FAILED', {
        reason: because('PART_MISSING', { part: index + 1 }),
      });
    const { description } = segment.config;
    const head = isInBand && description ? lengthPrefixedParameterSets(description) : null;
    for (const packet of segment.packets) {
      const data = head && packet.isKey ? prepend(head, packet.data) : packet.data;
      yield new EncodedPacket(
        data,
        packet.isKey ? 'key' : 'delta',
        packet.timestampSeconds - shiftSeconds,
        packet.durationSeconds,
      );
    }
  }
}
