/** An EBML element (RFC 8794 §4) with a size of eight bytes. */
export function ebmlElement(id: number, ...parts: readonly Uint8Array[]): Buffer {
  const data = Buffer.concat(parts);
  return Buffer.concat([idBytes(id), sizeBytes(data.length), data]);
}

export const ebmlUint = (id: number, value: number): Buffer => {
  const data = Buffer.alloc(8);
  data.writeBigUInt64BE(BigInt(value));
  return ebmlElement(id, data);
};

export const ebmlText = (id: number, text: string): Buffer => ebmlElement(id, Buffer.from(text));

export function idBytes(id: number): Buffer {
  const hex = id.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** Always eight bytes, so that sizes can be written before what they count is known. */
export function sizeBytes(size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(size) | (1n << 56n));
  return bytes;
}
