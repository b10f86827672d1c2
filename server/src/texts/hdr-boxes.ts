import type { Chromaticity, HdrMetadata } from '@clearreel/shared/media/facts';
import { boxAt, children, makeBox } from './mp4-file.ts';

const chromaticityUnit = 50_000;
const luminanceUnit = 10_000;

/** Bytes before the children: of the list of sample entries, and of a visual one (ISO/IEC 14496-12 §8.5.2, §12.1.3). */
const listHeaderBytes = 16;
const entryHeaderBytes = 86;

/** What HDR displays are told, as boxes of a sample entry (ISO/IEC 14496-12:2022 §12.1.7 and §12.1.8). */
function hdrBoxes({ masteringDisplay, contentLight }: HdrMetadata): Buffer[] {
  const boxes: Buffer[] = [];
  if (masteringDisplay) {
    const { red, green, blue, whitePoint, minLuminance, maxLuminance } = masteringDisplay;
    const data = Buffer.alloc(24);
    const points: readonly Chromaticity[] = [green, blue, red, whitePoint];
    for (const [position, value] of points.flat().entries()) {
      data.writeUInt16BE(Math.round(value * chromaticityUnit), 2 * position);
    }
    data.writeUInt32BE(Math.round(maxLuminance * luminanceUnit), 16);
    data.writeUInt32BE(Math.round(minLuminance * luminanceUnit), 20);
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
  return inside(movie, 8, (track) =>
    isPicture(track) ? deepInside(track, descriptionPath, hdrBoxes(metadata)) : track,
  );
}

const descriptionPath = ['mdia', 'minf', 'stbl', 'stsd'];

const typeOf = (box: Buffer) => box.toString('latin1', 4, 8);
const isPicture = (box: Buffer) => boxAt(box, ['mdia', 'minf', 'vmhd']) !== undefined;

/** The box with its children changed; `childrenAt` bytes stand before them. */
function inside(box: Buffer, childrenAt: number, change: (child: Buffer) => Buffer): Buffer {
  const parts = [...children(box, childrenAt)].map(({ data }) => change(data));
  return makeBox(typeOf(box), box.subarray(8, childrenAt), ...parts);
}

function deepInside(box: Buffer, [first, ...rest]: readonly string[], added: Buffer[]): Buffer {
  if (first === undefined) return inside(box, listHeaderBytes, (entry) => extended(entry, added));
  return inside(box, 8, (child) =>
    typeOf(child) === first ? deepInside(child, rest, added) : child,
  );
}

function extended(entry: Buffer, added: readonly Buffer[]): Buffer {
  const there = new Set([...children(entry, entryHeaderBytes)].map(({ type }) => type));
  const missing = added.filter((box) => !there.has(typeOf(box)));
  return makeBox(typeOf(entry), entry.subarray(8), ...missing);
}
