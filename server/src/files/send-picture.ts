import type { Response } from 'express';

/** Answers with a WebP that never changes. `tag` names it and no other. */
export function sendPicture(picture: Uint8Array, tag: string, response: Response): void {
  response
    .set({ ETag: `"${tag}"`, 'Cache-Control': 'private, max-age=3600' })
    .type('webp')
    .send(Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength));
}
