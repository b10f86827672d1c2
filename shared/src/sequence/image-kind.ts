export type ImageKind = 'png' | 'jpeg' | 'webp';

/** Bytes at the start of a file that tell its kind. */
export const signatureBytes = 12;

const startsWith = (head: Uint8Array, text: string, at = 0) =>
  [...text].every((character, index) => head[at + index] === character.charCodeAt(0));

/** What a file is by its content; its name may say anything. */
export function imageKind(head: Uint8Array): ImageKind | null {
  if (startsWith(head, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(head, '\xff\xd8\xff')) return 'jpeg';
  return startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8) ? 'webp' : null;
}

/** A picture by its name keeps its place in the sequence even where its content is damaged. */
export const isNamedAsImage = (name: string): boolean => /\.(png|jpe?g|webp)$/i.test(name);

/** What systems put beside the user's own files. */
export const isJunk = (path: string): boolean =>
  /(^|\/)(__MACOSX|\.[^/]*|Thumbs\.db|desktop\.ini)(\/|$)/i.test(path);
