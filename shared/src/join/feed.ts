/** What a track still has to give: the time of its next piece, and how to hand it to the muxer. */
export interface Feed {
  nextSeconds(): Promise<number | null>;
  push(): Promise<void>;
}

export function feed<T extends { readonly timestamp: number }>(
  items: AsyncIterable<T>,
  add: (item: T) => Promise<void>,
  close: () => void,
): Feed {
  const iterator = items[Symbol.asyncIterator]();
  let next: IteratorResult<T> | null = null;
  return {
    async nextSeconds() {
      next ??= await iterator.next();
      if (!next.done) return next.value.timestamp;
      close();
      return null;
    },
    async push() {
      if (next && !next.done) await add(next.value);
      next = null;
    },
  };
}

/** Tracks advance together by time, so that the muxer never has to keep one of them waiting in memory. */
export async function interleave(
  feeds: readonly Feed[],
  signal: AbortSignal,
  onProgress: () => void,
): Promise<void> {
  const open = new Map<Feed, number>();
  for (const each of feeds) {
    const seconds = await each.nextSeconds();
    if (seconds !== null) open.set(each, seconds);
  }
  while (open.size > 0) {
    signal.throwIfAborted();
    const [earliest] = [...open].reduce((a, b) => (b[1] < a[1] ? b : a));
    await earliest.push();
    onProgress();
    const seconds = await earliest.nextSeconds();
    if (seconds === null) open.delete(earliest);
    else open.set(earliest, seconds);
  }
}
