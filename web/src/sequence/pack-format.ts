import type { SequenceImage } from './sequence-image.ts';

/** Then come the length of the list (32 bits, little-endian), the list as JSON, and the pictures one after the other. */
export const packSignature = 'CRFRAMES';
const fixedBytes = packSignature.length + 4;

type Entry = readonly [name: string, bytes: number];

export function packHead(
  images: readonly { readonly name: string; readonly bytes: number }[],
): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(
    JSON.stringify(images.map(({ name, bytes }) => [name, bytes])),
  );
  const head = new Uint8Array(fixedBytes + json.length);
  head.set(new TextEncoder().encode(packSignature));
  new DataView(head.buffer).setUint32(packSignature.length, json.length, true);
  head.set(json, fixedBytes);
  return head;
}

/** The pictures of a packed file, in order; none where its head is damaged. */
export async function packedImages(file: Blob): Promise<SequenceImage[]> {
  const fixed = new DataView(await file.slice(0, fixedBytes).arrayBuffer());
  if (fixed.byteLength < fixedBytes) return [];
  const listBytes = fixed.getUint32(packSignature.length, true);
  const entries = parsed(await file.slice(fixedBytes, fixedBytes + listBytes).text());
  let at = fixedBytes + listBytes;
  return entries.map(([name, bytes]) => {
    const image = file.slice(at, at + bytes);
    at += bytes;
    const read = async (limit: number) => new Uint8Array(await image.slice(0, limit).arrayBuffer());
    return { name, bytes, read };
  });
}

function parsed(json: string): readonly Entry[] {
  try {
    const found: unknown = JSON.parse(json);
    return Array.isArray(found) && found.every(isEntry) ? found : [];
  } catch {
    return [];
  }
}

const isEntry = (value: unknown): value is Entry =>
  Array.isArray(value) &&
  typeof value[0] === 'string' &&
  Number.isSafeInteger(value[1]) &&
  value[1] >= 0;
