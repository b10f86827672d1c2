import type { Chromaticity, HdrMetadata } from '@clearreel/shared/media/facts';
import { chromaticitySteps, luminanceSteps } from '../media/st2086.ts';
import { boxAt, children, makeBox, withBox } from './mp4-file.ts';

/** Bytes before the children: of the list of sample entries, and of a visual one (ISO/IEC 14496-12 §8.5.2, §12.1.3). */
const listHeaderBytes = 16;
const entryHeaderBytes = 86;

const descriptionPath = ['mdia', 'minf', 'stbl', 'stsd'];

/** What HDR displays are told, as the boxes of a sample entry that ISO/IEC 14496-12 has for mastering display and light. */
function hdrBoxes({ masteringDisplay, contentLight }: HdrMetadata): Buffer[] {
  const boxes: Buffer[] = [];
  if (masteringDisplay) {
    const { red, green, blue, whitePoint, minLuminance, maxLuminance } = masteringDisplay;
    const data = Buffer.alloc(24);
    const points: readonly Chromaticity[] = [green, blue, red, whitePoint];
    for (const [position, value] of points.flat().entries()) {
      data.writeUInt16BE(Math.round(value * chromaticitySteps), 2 * position);
    }
    data.writeUInt32BE(Math.round(maxLuminance * luminanceSteps), 16);
    data.writeUInt32BE(Math.round(minLuminance * luminanceSteps), 20);
    boxes.push(makeBox('mdcv', data));
  }
  if (contentLight) {
    const data = Buffer.alloc(4);
    data.writeUInt16BE(contentLight.maxCll, 0);
    data.writeUInt16BE(contentLight.maxFall, 2);
    boxes.push(makeBox('clli', data));
  }
  return boxes;
}

/** The movie box with them in the descriptions of its picture; what is said there already stays as it is. */
export function withHdrBoxes(movie: Buffer, metadata: HdrMetadata): Buffer {
  const added = hdrBoxes(metadata);
  return makeBox('moov', ...[...children(movie)].map(({ data }) => withDescriptions(data, added)));
}

function withDescriptions(track: Buffer, added: readonly Buffer[]): Buffer {
  const isPicture = boxAt(track, ['mdia', 'minf', 'vmhd']) !== undefined;
  const list = boxAt(track, descriptionPath);
  if (!isPicture || !list) return track;
  const entries = [...children(list, listHeaderBytes)].map((entry) => {
    const there = new Set([...children(entry.data, entryHeaderBytes)].map(({ type }) => type));
    const missing = added.filter((box) => !there.has(box.toString('latin1', 4, 8)));
    return makeBox(entry.type, entry.data.subarray(8), ...missing);
  });
  const made = makeBox('stsd', list.subarray(8, listHeaderBytes), ...entries);
  return withBox(track, descriptionPath, made);
}
