/** Transfer characteristics of BT.709 in ITU-T H.273, Table 3. */
const bt709Transfer = 1;

/** Profiles whose parameter sets carry chroma format and scaling lists (ITU-T H.264 §7.3.2.1.1). */
const highProfiles = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

class BitReader {
  readonly bytes: Uint8Array;
  position = 0;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  bit(): number {
    const byte = this.bytes[this.position >> 3] ?? 0;
    const value = (byte >> (7 - (this.position & 7))) & 1;
    this.position++;
    return value;
  }
  bits(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit++) value = value * 2 + this.bit();
    return value;
  }
  /** Unsigned Exp-Golomb (§9.1). Signed ones are as long, so skipping needs no other. */
  expGolomb(): number {
    let zeros = 0;
    while (this.bit() === 0 && zeros < 32) zeros++;
    return 2 ** zeros - 1 + this.bits(zeros);
  }
}

/** The raw payload: without the bytes that prevent start codes (§7.4.1). */
function rbspOf(nal: Uint8Array): Uint8Array {
  return nal.filter(
    (byte, at) => !(byte === 3 && at >= 2 && nal[at - 1] === 0 && nal[at - 2] === 0),
  );
}

function withEmulationPrevention(raw: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  let zeros = 0;
  for (const byte of raw) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(bytes);
}

function skipScalingLists(reader: BitReader, chromaFormat: number): void {
  for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list++) {
    if (!reader.bit()) continue;
    let next = 8;
    for (let entry = 0; entry < (list < 6 ? 16 : 64) && next !== 0; entry++) {
      const code = reader.expGolomb();
      const delta = code % 2 === 1 ? (code + 1) / 2 : -code / 2;
      next = (next + delta + 256) % 256;
    }
  }
}

/** Bit position of `transfer_characteristics`, or `null` where the set has no colour description. */
function findTransfer(reader: BitReader): number | null {
  reader.bits(8); // NAL header
  const profile = reader.bits(8);
  reader.bits(16); // constraint flags, level
  reader.expGolomb(); // seq_parameter_set_id
  if (highProfiles.has(profile)) {
    const chromaFormat = reader.expGolomb();
    if (chromaFormat === 3) reader.bit();
    reader.expGolomb();
    reader.expGolomb();
    reader.bit();
    if (reader.bit()) skipScalingLists(reader, chromaFormat);
  }
  reader.expGolomb(); // log2_max_frame_num
  const orderType = reader.expGolomb();
  if (orderType === 0) reader.expGolomb();
  if (orderType === 1) {
    reader.bit();
    reader.expGolomb();
    reader.expGolomb();
    for (let left = reader.expGolomb(); left > 0; left--) reader.expGolomb();
  }
  reader.expGolomb(); // max_num_ref_frames
  reader.bit();
  reader.expGolomb(); // width
  reader.expGolomb(); // height
  if (!reader.bit()) reader.bit(); // fields
  reader.bit(); // direct_8x8_inference
  if (reader.bit()) for (let side = 0; side < 4; side++) reader.expGolomb(); // cropping
  if (!reader.bit()) return null; // no VUI
  if (reader.bit() && reader.bits(8) === 255) reader.bits(32); // sample aspect ratio
  if (reader.bit()) reader.bit(); // overscan
  if (!reader.bit()) return null; // video_signal_type_present_flag
  reader.bits(4);
  if (!reader.bit()) return null; // colour_description_present_flag
  reader.bits(8); // colour_primaries
  return reader.position;
}

/**
 * A sequence parameter set (ITU-T H.264 §7.3.2.1, Annex E) that says BT.709 transfer. Browsers tag what an encoder
 * made from a canvas as sRGB (IEC 61966-2-1) and let nobody say otherwise; the pixels are those of a BT.709 source.
 * A set without a colour description comes back unchanged.
 */
export function withBt709Transfer(set: Uint8Array): Uint8Array {
  const raw = rbspOf(set);
  const position = findTransfer(new BitReader(raw));
  if (position === null || position + 8 > raw.length * 8) return set;
  for (let bit = 0; bit < 8; bit++) {
    const at = position + bit;
    const mask = 1 << (7 - (at & 7));
    const isSet = (bt709Transfer >> (7 - bit)) & 1;
    raw[at >> 3] = isSet ? (raw[at >> 3] ?? 0) | mask : (raw[at >> 3] ?? 0) & ~mask;
  }
  return withEmulationPrevention(raw);
}

/** An AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1.2) whose sequence parameter sets say BT.709 transfer. */
export function recordWithBt709Transfer(record: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const parts: Uint8Array[] = [record.subarray(0, 6)];
  let offset = 6;
  for (let left = (record[5] ?? 0) & 0x1f; left > 0; left--) {
    const bytes = view.getUint16(offset);
    const set = withBt709Transfer(record.subarray(offset + 2, offset + 2 + bytes));
    parts.push(Uint8Array.of(set.byteLength >> 8, set.byteLength & 0xff), set);
    offset += 2 + bytes;
  }
  parts.push(record.subarray(offset));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
