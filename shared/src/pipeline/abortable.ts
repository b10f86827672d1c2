/**
 * Settles with `work`, or rejects as soon as `signal` aborts. A result that arrives too late is given to
 * `discard`, so that what it holds is freed even though nobody waits for it any more. It is never given to both.
 */
export function abortable<T>(
  work: Promise<T>,
  signal: AbortSignal,
  discard: (late: T) => void = () => {},
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason);
      work.then(discard, () => {});
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    const inTime = (settle: () => void) => {
      if (signal.aborted) return;
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    work.then(
      (value) => inTime(() => resolve(value)),
      (error) => inTime(() => reject(error)),
    );
  });
}
