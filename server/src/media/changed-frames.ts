import type {
  IndexedPacket,
  MediaSource,
  SourceFrame,
  TimeSpan,
} from '@clearreel/shared/media/source';
import { filteredFrames } from './filtered-frames.ts';

export interface FrameChanges {
  /** Make whole pictures of interlaced ones. */
  readonly deinterlace?: boolean;
  /** Show HDR as SDR does. */
  readonly toSdr?: boolean;
}

/** bwdif (Bob Weaver) weighs the frames before and after; one picture a frame, so that no time changes. */
const deinterlacing = 'bwdif=mode=send_frame:parity=auto:deint=all';

/** Linear light, the brightest of it rolled off (Hable), BT.709. Diffuse white is 203 cd/m² (ITU-R BT.2408). */
const toneMapping = [
  'zscale=t=linear:npl=203',
  'format=gbrpf32le',
  'zscale=p=bt709',
  'tonemap=tonemap=hable:desat=0',
  'zscale=t=bt709:m=bt709:r=limited',
  'format=yuv420p',
].join(',');

/** The source with its frames changed before anything else sees them. */
export function withChangedFrames(
  source: MediaSource,
  index: readonly IndexedPacket[],
  { deinterlace = false, toSdr = false }: FrameChanges,
): MediaSource {
  const isMapped = toSdr && source.facts.video.hdr;
  if (!deinterlace && !isMapped) return source;
  const chain = [deinterlace && deinterlacing, isMapped && toneMapping].filter(Boolean).join(',');
  const context = deinterlace ? 1 : 0;
  return {
    ...source,
    get notices() {
      return source.notices;
    },
    async *frames(span, signal) {
      const frames = source.frames(wider(span, index, context), signal);
      for await (const frame of filteredFrames(frames, chain)) {
        if (isInside(frame, span)) yield isMapped ? { ...frame, isUntagged: false } : frame;
        else frame.sample.close();
      }
    },
  };
}

const isInside = ({ timestampSeconds: seconds }: SourceFrame, span: TimeSpan) =>
  (span.startSeconds === null || seconds >= span.startSeconds) &&
  (span.endSeconds === null || seconds < span.endSeconds);

/** The span with as many frames more on both sides, so that a frame looks the same wherever a span begins. */
function wider(span: TimeSpan, index: readonly IndexedPacket[], frames: number): TimeSpan {
  const { startSeconds, endSeconds } = span;
  const at = (seconds: number) =>
    index.findIndex(({ timestampSeconds }) => timestampSeconds >= seconds);
  const first = startSeconds === null ? -1 : at(startSeconds);
  const end = endSeconds === null ? -1 : at(endSeconds);
  return {
    startSeconds: first < 0 ? startSeconds : (index[first - frames]?.timestampSeconds ?? null),
    endSeconds: end < 0 ? endSeconds : (index[end + frames]?.timestampSeconds ?? null),
  };
}
