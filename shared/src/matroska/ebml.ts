/** One EBML element (RFC 8794 §4): its id with the length marker, and where it and its data lie. */
export interface EbmlElement {
  readonly id: number;
  readonly start: number;
  readonly dataStart: number;
  /** Clipped to the bytes at hand; elements of unknown size reach to their end. */
  readonly dataEnd: number;
}

/** Element ids of RFC 9559 that this code looks for. */
export const ebmlId = {
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  chapters: 0x1043a770,
  info: 0x1549a966,
  title: 0x7ba9,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  codecDelay: 0x56aa,
  seekPreRoll: 0x56bb,
  video: 0xe0,
  colour: 0x55b0,
  matrixCoefficients: 0x55b1,
  primaries: 0x55bb,
  tags: 0x1254c367,
  tag: 0x7373,
  targets: 0x63c0,
  targetType: 0x63ca,
  cluster: 0x1f43b675,
  void: 0xec,
} as const;

/** The elements between two offsets, as far as the bytes reach. */
export function* ebmlElements(
  bytes: Uint8Array,
  from = 0,
  to = bytes.byteLength,
): Generator<EbmlElement> {
  let start = from;
  while (start < to) {
    const id = variableInt(bytes, start, true);
    const size = id && variableInt(bytes, start + id.length, false);
    if (!id || !size) return;
    const dataStart = start + id.length + size.length;
    const isUnknown = size.value === 2 ** (7 * size.length) - 1;
    const dataEnd = isUnknown ? to : Math.min(to, dataStart + size.value);
    yield { id: id.value, start, dataStart, dataEnd };
    start = isUnknown ? to : dataStart + size.value;
  }
}

/** All elements at the path of ids below the top level. */
export function* ebmlPath(bytes: Uint8Array, path: readonly number[]): Generator<EbmlElement> {
  yield* descend(bytes, path, 0, bytes.byteLength);
}

function* descend(
  bytes: Uint8Array,
  [first, ...rest]: readonly number[],
  from: number,
  to: number,
): Generator<EbmlElement> {
  for (const element of ebmlElements(bytes, from, to)) {
    if (element.id === ebmlId.cluster) return;
    if (element.id !== first) continue;
    if (rest.length === 0) yield element;
    else yield* descend(bytes, rest, element.dataStart, element.dataEnd);
  }
}

function variableInt(
  bytes: Uint8Array,
  at: number,
  keepsMarker: boolean,
): { value: number; length: number } | null {
  const first = bytes[at];
  if (!first) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.byteLength) return null;
  let value = keepsMarker ? first : first & (0xff >> length);
  for (let offset = 1; offset < length; offset++) value = value * 256 + (bytes[at + offset] ?? 0);
  return { value, length };
}
