import { correctMatroskaHeader } from '@clearreel/shared/join/matroska-header';
import type { StreamTargetChunk } from 'mediabunny';

/** Passes a chunked Matroska file on with its header corrected; the first chunk holds all of it. */
export function correctedMatroska(
  file: WritableStream<StreamTargetChunk>,
): WritableStream<StreamTargetChunk> {
  const writer = file.getWriter();
  return new WritableStream({
    write(chunk) {
      if (chunk.position === 0) correctMatroskaHeader(chunk.data);
      return writer.write(chunk);
    },
    close: () => writer.close(),
    abort: (reason) => writer.abort(reason),
  });
}

const headBytes = 1024 * 1024;

/** The file with its first megabyte, header included, changed by `change`. */
export async function withHead(file: Blob, change: (head: Uint8Array) => void): Promise<Blob> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  change(head);
  return new Blob([head, file.slice(headBytes)], { type: file.type });
}
