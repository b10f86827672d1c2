import type { OutputCodec } from '@clearreel/shared/media/encoder';

/** NAL units that start codes part (ITU-T H.265 Annex B), each behind its length in four bytes instead. */
function lengthPrefixed(data: Uint8Array): Uint8Array {
  const units: Uint8Array[] = [];
  let start = -1;
  const end = (at: number) => {
    if (start < 0) return;
    let last = at;
    while (last > start && data[last - 1] === 0) last--;
    units.push(data.subarray(start, last));
  };
  for (let at = 0; at + 2 < data.byteLength; at++) {
    if (data[at] !== 0 || data[at + 1] !== 0 || data[at + 2] !== 1) continue;
    end(at);
    start = at + 3;
    at += 2;
  }
  end(data.byteLength);
  const whole = new Uint8Array(units.reduce((sum, unit) => sum + 4 + unit.byteLength, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const unit of units) {
    view.setUint32(at, unit.byteLength);
    whole.set(unit, at + 4);
    at += 4 + unit.byteLength;
  }
  return whole;
}

/** `temporal_delimiter_obu`, which containers leave out (AV1 in ISOBMFF §2.4). */
const startsWithDelimiter = (data: Uint8Array) => data[0] === 0x12 && data[1] === 0;

/** A copy of an encoder's packet as containers hold it. */
export function containerPacket(codec: OutputCodec, data: Uint8Array): Uint8Array {
  if (codec === 'hevc') return lengthPrefixed(data);
  return Uint8Array.from(codec === 'av1' && startsWithDelimiter(data) ? data.subarray(2) : data);
}

/** RFC 6381 string of an HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3.1.2, Annex E.3). */
export function hevcCodecString(record: Uint8Array): string {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const profile = view.getUint8(1);
  let compatibility = view.getUint32(2);
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) {
    reversed = ((reversed << 1) | (compatibility & 1)) >>> 0;
    compatibility >>>= 1;
  }
  const space = ['', 'A', 'B', 'C'][profile >> 6] ?? '';
  const tier = profile & 0x20 ? 'H' : 'L';
  const constraints = [...record.subarray(6, 12)];
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    'hvc1',
    `${space}${profile & 0x1f}`,
    reversed.toString(16),
    `${tier}${view.getUint8(12)}`,
    ...constraints.map((byte) => byte.toString(16)),
  ].join('.');
}
