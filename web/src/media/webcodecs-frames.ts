import type { Notice } from '@clearreel/shared/media/facts';
import type { IndexedPacket, SourceFrame, TimeSpan } from '@clearreel/shared/media/source';
import { notice } from '@clearreel/shared/notices/notice';
import { type InputVideoTrack, VideoSampleSink } from 'mediabunny';
import { nearestPacket } from './packet-index.ts';
import { readError } from './read-errors.ts';

const inSpan = (seconds: number, { startSeconds, endSeconds }: TimeSpan) =>
  (startSeconds === null || startSeconds <= seconds) &&
  (endSeconds === null || seconds < endSeconds);

/**
 * Frames of a span by WebCodecs. A sink also yields the frame before its start and lets stamps be rounded: both are
 * put right by the packet index. Where the decoder gives up on damaged data, decoding goes on at the next key frame.
 */
export async function* webcodecsFrames(
  track: InputVideoTrack,
  index: readonly IndexedPacket[],
  span: TimeSpan,
  isUntagged: boolean,
  notices: Notice[],
  signal: AbortSignal,
): AsyncGenerator<SourceFrame> {
  const wanted = index.filter(({ timestampSeconds }) => inSpan(timestampSeconds, span));
  const last = wanted.at(-1);
  let from = wanted[0]?.timestampSeconds;
  let yielded = 0;
  let lastYielded = Number.NEGATIVE_INFINITY;
  while (from !== undefined && last) {
    try {
      const endSeconds = span.endSeconds ?? Number.POSITIVE_INFINITY;
      for await (const sample of new VideoSampleSink(track).samples(from, endSeconds)) {
        const packet = nearestPacket(wanted, sample.timestamp);
        const isNew = packet !== undefined && packet.timestampSeconds > lastYielded;
        if (signal.aborted || !isNew || !inSpan(sample.timestamp, span)) {
          sample.close();
          signal.throwIfAborted();
          continue;
        }
        lastYielded = packet.timestampSeconds;
        yielded++;
        yield { ...packet, sample, isUntagged };
      }
      break;
    } catch (error) {
      signal.throwIfAborted();
      const coded = readError(error, 'DECODER_FAILED');
      if (coded.code !== 'DECODER_FAILED') throw coded;
      const resumeAfter = Math.max(lastYielded, from);
      from = wanted.find((p) => p.isKey && p.timestampSeconds > resumeAfter)?.timestampSeconds;
    }
  }
  const lost = wanted.length - yielded;
  if (lost > 0) notices.push(damageNotice(lost, wanted));
}

function damageNotice(lost: number, wanted: readonly IndexedPacket[]): Notice {
  return notice('SPAN_DAMAGED', {
    lost,
    total: wanted.length,
    startSeconds: wanted[0]?.timestampSeconds ?? 0,
    endSeconds: wanted.at(-1)?.timestampSeconds ?? 0,
  });
}
