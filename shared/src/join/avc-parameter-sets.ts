/**
 * The parameter sets of an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1.2) as length-prefixed NAL
 * units, ready to stand in front of a key packet whose lengths have `lengthBytes` bytes.
 */
export function lengthPrefixedParameterSets(record: Uint8Array): Uint8Array {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const lengthBytes = ((record[4] ?? 0) & 3) + 1;
  const sets: Uint8Array[] = [];
  let offset = 5;
  const readSets = (count: number) => {
    for (let set = 0; set < count; set++) {
      const bytes = view.getUint16(offset);
      sets.push(record.subarray(offset + 2, offset + 2 + bytes));
      offset += 2 + bytes;
    }
  };
  readSets((record[offset++] ?? 0) & 0x1f);
  readSets(record[offset++] ?? 0);
  const joined = new Uint8Array(sets.reduce((sum, set) => sum + lengthBytes + set.byteLength, 0));
  let at = 0;
  for (const set of sets) {
    for (let byte = lengthBytes - 1; byte >= 0; byte--) {
      joined[at++] = (set.byteLength >>> (8 * byte)) & 0xff;
    }
    joined.set(set, at);
    at += set.byteLength;
  }
  return joined;
}

export function prepend(head: Uint8Array, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.byteLength + data.byteLength);
  whole.set(head);
  whole.set(data, head.byteLength);
  return whole;
}

export const equalBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.byteLength === b.byteLength &&
    a.every((byte, position) => byte === b[position]));
