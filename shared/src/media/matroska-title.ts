import { ebmlId, ebmlPath } from '../matroska/ebml.ts';
import type { ReadableFile } from './readable-file.ts';

/** Enough for what stands before the first cluster in any file but one with huge attachments in front. */
const headBytes = 1024 * 1024;

/** The segment's own title (RFC 9559 §5.1.2.12), which mediabunny does not read; `null` where there is none. */
export async function matroskaTitle(file: ReadableFile): Promise<string | null> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  for (const title of ebmlPath(head, [ebmlId.segment, ebmlId.info, ebmlId.title])) {
    const text = new TextDecoder().decode(head.subarray(title.dataStart, title.dataEnd));
    return text.replace(/\0+$/, '') || null;
  }
  return null;
}
