import { inflateSync } from 'node:zlib';
import { fromBytes, type Picture, RGB } from './picture.ts';

const SIGNATURE_BYTES = 8;
const CHUNK_OVERHEAD_BYTES = 12;

/** Decodes a PNG (W3C PNG 3) of 8-bit RGB without interlacing, which is what the test pictures are. */
export function decodePng(file: Buffer): Picture {
  const data: Buffer[] = [];
  let header: Buffer | undefined;
  for (let at = SIGNATURE_BYTES; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') header = body;
    if (kind === 'IDAT') data.push(body);
    at += length + CHUNK_OVERHEAD_BYTES;
  }
  if (header === undefined || header[8] !== 8 || header[9] !== 2 || header[12] !== 0) {
    throw new TypeError('the PNG must be 8-bit RGB without interlacing');
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  return fromBytes(unfiltered(inflateSync(Buffer.concat(data)), width, height), width, height);
}

/** Undoes the row filters; a filter reads the pixel to the left, the one above and the one above left. */
function unfiltered(stored: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width * RGB;
  const bytes = new Uint8Array(stride * height);
  for (let index = 0; index < bytes.length; index++) {
    const row = Math.floor(index / stride);
    const inRow = index % stride;
    const left = inRow >= RGB ? (bytes[index - RGB] ?? 0) : 0;
    const above = row > 0 ? (bytes[index - stride] ?? 0) : 0;
    const aboveLeft = row > 0 && inRow >= RGB ? (bytes[index - stride - RGB] ?? 0) : 0;
    const filter = stored[row * (stride + 1)] ?? 0;
    const value = stored[row * (stride + 1) + 1 + inRow] ?? 0;
    bytes[index] = value + predicted(filter, left, above, aboveLeft);
  }
  return bytes;
}

function predicted(filter: number, left: number, above: number, aboveLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return Math.floor((left + above) / 2);
  return filter === 4 ? paeth(left, above, aboveLeft) : 0;
}

function paeth(left: number, above: number, aboveLeft: number): number {
  const estimate = left + above - aboveLeft;
  const [byLeft, byAbove, byAboveLeft] = [
    Math.abs(estimate - left),
    Math.abs(estimate - above),
    Math.abs(estimate - aboveLeft),
  ];
  if (byLeft <= byAbove && byLeft <= byAboveLeft) return left;
  return byAbove <= byAboveLeft ? above : aboveLeft;
}
