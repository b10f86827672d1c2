type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Passes bytes on and counts them.
 * @param onProgress called with the bytes so far
 * @param expected how many there must be; with another number the stream fails at its end
 */
export function counting(
  onProgress: (receivedBytes: number) => void,
  expected?: number,
): TransformStream<Bytes, Bytes> {
  let received = 0;
  return new TransformStream({
    transform(chunk, controller) {
      received += chunk.length;
      onProgress(received);
      controller.enqueue(chunk);
    },
    flush() {
      if (expected === undefined || received === expected) return;
      throw new Error(`${received} bytes were sent instead of ${expected}`);
    },
  });
}
