import { type EbmlElement, ebmlElements, ebmlId, ebmlPath } from '../matroska/ebml.ts';

/**
 * Corrects, in place and without moving a byte, what muxers write into a Matroska header. `head` is the start of the
 * file, up to the first cluster at least.
 *
 * - Opus: mediabunny writes the pre-skip as SeekPreRoll, ffmpeg a SeekPreRoll of 80 ms. The pre-skip's place is
 *   CodecDelay (RFC 9559 §5.1.4.1.25): without it players start the sound late by the pre-skip, usually 6.5 ms. A
 *   SeekPreRoll that is missing costs nothing but a moment's noise after a seek.
 * - Colour: mediabunny writes the matrix of BT.2020 as unspecified (RFC 9559 §5.1.4.1.28.17).
 * - Tags: mediabunny names their target `MOVIE`, which ffmpeg's readers take for a part of each name (`MOVIE/TITLE`).
 *   The numeric target beside it says the same.
 */
export function correctMatroskaHeader(head: Uint8Array): void {
  const { segment, tracks, trackEntry, video, tags, tag, targets, targetType } = ebmlId;
  for (const { preRoll, delay, preSkipNanoseconds } of opusTracks(head)) {
    if (!preRoll || delay) continue;
    head[preRoll.start + 1] = ebmlId.codecDelay & 0xff;
    writeUint(head, preRoll, preSkipNanoseconds);
  }
  for (const colour of ebmlPath(head, [segment, tracks, trackEntry, video, ebmlId.colour])) {
    const children = [...ebmlElements(head, colour.dataStart, colour.dataEnd)];
    const lastByte = (wanted: number) =>
      (children.find(({ id }) => id === wanted)?.dataEnd ?? 0) - 1;
    const [matrix, primaries] = [lastByte(ebmlId.matrixCoefficients), lastByte(ebmlId.primaries)];
    if (head[primaries] === bt2020 && head[matrix] === unspecified) head[matrix] = bt2020;
  }
  for (const named of ebmlPath(head, [segment, tags, tag, targets, targetType])) {
    const payloadBytes = named.dataEnd - named.start - 2;
    head.fill(0, named.start, named.dataEnd);
    head[named.start] = ebmlId.void;
    head[named.start + 1] = 0x80 | payloadBytes;
  }
}

/**
 * Takes the first correction back, for a remux by ffmpeg: it subtracts CodecDelay when it reads and does not add it
 * when it writes.
 */
export function hideCodecDelay(head: Uint8Array): void {
  for (const { delay } of opusTracks(head)) {
    if (delay) head[delay.start + 1] = ebmlId.seekPreRoll & 0xff;
  }
}

/** Code points of ITU-T H.273 that BT.2020's primaries and its usual matrix have in common. */
const bt2020 = 9;
const unspecified = 2;

interface OpusTrack {
  readonly preRoll: EbmlElement | undefined;
  readonly delay: EbmlElement | undefined;
  readonly preSkipNanoseconds: number;
}

function* opusTracks(head: Uint8Array): Generator<OpusTrack> {
  const { segment, tracks, trackEntry } = ebmlId;
  for (const entry of ebmlPath(head, [segment, tracks, trackEntry])) {
    const children = [...ebmlElements(head, entry.dataStart, entry.dataEnd)];
    const child = (wanted: number) => children.find(({ id }) => id === wanted);
    const [codec, opusHead] = [child(ebmlId.codecId), child(ebmlId.codecPrivate)];
    if (!codec || !opusHead) continue;
    const name = new TextDecoder().decode(head.subarray(codec.dataStart, codec.dataEnd));
    if (name !== 'A_OPUS') continue;
    const [low = 0, high = 0] = head.subarray(opusHead.dataStart + 10, opusHead.dataStart + 12);
    yield {
      preRoll: child(ebmlId.seekPreRoll),
      delay: child(ebmlId.codecDelay),
      preSkipNanoseconds: Math.round(((low + high * 256) / 48000) * 1e9),
    };
  }
}

/** Fills the element's own width; a value that needs more is left as it is. */
function writeUint(bytes: Uint8Array, { dataStart, dataEnd }: EbmlElement, value: number): void {
  if (value >= 256 ** (dataEnd - dataStart)) return;
  let rest = value;
  for (let at = dataEnd - 1; at >= dataStart; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}
