import type { ReadableFile } from '../media/readable-file.ts';
import { imageKind } from './image-kind.ts';
import { packSignature } from './pack-format.ts';

/** What a file is, as far as sequences are concerned; `picture` is a single still one. */
export type SequenceContent = 'pack' | 'zip' | 'picture';

const headBytes = 4096;

/** What a file is called: of a stream of JPEG pictures nothing else tells it from a single one. */
interface Named {
  readonly name: string;
  /** MIME type. */
  readonly type?: string;
}

/** `null` for everything that others read: videos, and pictures that move. */
export async function sequenceContent(
  file: ReadableFile,
  named: Named,
): Promise<SequenceContent | null> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  // One byte a character, so that signatures can be looked for as text.
  const text = new TextDecoder('latin1').decode(head);
  if (text.startsWith(packSignature)) return 'pack';
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'zip';
  const kind = imageKind(head);
  if (kind === null || moves[kind](text, named)) return null;
  return 'picture';
}

const webpFlagsAt = 20;

const moves = {
  /** Animated PNG announces itself before the first picture. */
  png: (text: string) => text.includes('acTL'),
  webp: (text: string) =>
    text.startsWith('VP8X', 12) && (text.charCodeAt(webpFlagsAt) & 0x02) !== 0,
  jpeg: (_text: string, { name, type = '' }: Named) =>
    type.startsWith('video/') || /\.mjpe?g$/i.test(name),
};
