/**
 * Settles with `work`, or rejects as soon as `signal` aborts. A result that arrives too late is given to
 * `discard`, so that what it holds is freed even though nobody waits for it any more.
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
    work
      .then(
        (value) => (signal.aborted ? undefined : resolve(value)),
        (error) => reject(error),
      )
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
