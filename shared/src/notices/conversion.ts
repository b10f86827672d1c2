import type { Notice, VideoFacts } from '../media/facts.ts';
import type { OutputGeometry } from '../spec/geometry.ts';
import type { ResultColour } from '../spec/result-colour.ts';
import { notice } from './notice.ts';

/** What of the picture will not be in the result as it was in the source: said before the start. */
export function conversionNotices(
  video: VideoFacts,
  geometry: OutputGeometry,
  bitDepth: ResultColour['bitDepth'],
): Notice[] {
  const notices: Notice[] = [];
  const bits = video.bitDepth ?? 8;
  if (video.hdr && bitDepth === 8) notices.push(notice('HDR_CONVERTED'));
  else if (bits > bitDepth) {
    notices.push(notice(bitDepth === 8 ? 'BIT_DEPTH_REDUCED' : 'BIT_DEPTH_TEN', { bits }));
  }
  if (video.hasAlpha) notices.push(notice('ALPHA_DROPPED'));
  if (geometry.roundedFrom) {
    const { width: fromWidth, height: fromHeight } = geometry.roundedFrom;
    const { width, height } = geometry;
    notices.push(notice('SIZE_ROUNDED', { fromWidth, fromHeight, width, height }));
  }
  return notices;
}
