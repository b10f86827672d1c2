import { ebmlElements, ebmlId, ebmlPath } from '../matroska/ebml.ts';

/**
 * Corrects, in place and without moving a byte, what the muxer writes into a Matroska header. `head` is the start
 * of the file, up to the first cluster at least.
 *
 * - Opus: it writes the pre-skip as SeekPreRoll. That is CodecDelay's place (RFC 9559 §5.1.4.1.25): without it
 *   players start the sound late by the pre-skip, usually 6.5 ms.
 * - Tags: it names their target `MOVIE`, which ffmpeg's readers take for a part of each name (`MOVIE/TITLE`).
 *   The numeric target beside it says the same.
 */
export function correctMatroskaHeader(head: Uint8Array): void {
  const { segment, tracks, trackEntry, tags, tag, targets, targetType } = ebmlId;
  for (const entry of ebmlPath(head, [segment, tracks, trackEntry])) {
    const children = [...ebmlElements(head, entry.dataStart, entry.dataEnd)];
    const codec = children.find(({ id }) => id === ebmlId.codecId);
    const preRoll = children.find(({ id }) => id === ebmlId.seekPreRoll);
    if (!codec || !preRoll) continue;
    const name = new TextDecoder().decode(head.subarray(codec.dataStart, codec.dataEnd));
    if (name === 'A_OPUS') head[preRoll.start + 1] = ebmlId.codecDelay & 0xff;
  }
  for (const named of ebmlPath(head, [segment, tags, tag, targets, targetType])) {
    const payloadBytes = named.dataEnd - named.start - 2;
    head.fill(0, named.start, named.dataEnd);
    head[named.start] = ebmlId.void;
    head[named.start + 1] = 0x80 | payloadBytes;
  }
}
