import type { ReadableFile } from '../media/readable-file.ts';
import type { SequenceImage } from './sequence-image.ts';

/** Then come the length of the list (32 bits, little-endian), the list as JSON, and the pictures one after the other. */
export const packSignature = 'CRFRAMES';
const fixedBytes = packSignature.length + 4;

/** Hundreds of thousands of pictures; a longer claim is a damaged or hostile file. */
const longestListBytes = 32 * 1024 * 1024;

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
export async function packedImages(file: ReadableFile): Promise<SequenceImage[]> {
  const fixed = new DataView(await file.slice(0, fixedBytes).arrayBuffer());
  if (fixed.byteLength < fixedBytes) return [];
  const listBytes = fixed.getUint32(packSignature.length, true);
  if (listBytes > longestListBytes) return [];
  const list = await file.slice(fixedBytes, fixedBytes + listBytes).arrayBuffer();
  let next = fixedBytes + listBytes;
  return parsed(new TextDecoder().decode(new Uint8Array(list))).map(([name, bytes]) => {
    const at = next;
    next += bytes;
    const read = async (limit: number) =>
      new Uint8Array(await file.slice(at, at + Math.min(limit, bytes)).arrayBuffer());
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
