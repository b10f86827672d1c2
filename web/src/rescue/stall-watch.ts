/**
 * Calls `onStall` once when `beat` was not called for `stallSeconds`. While `isWaiting` says that
 * somebody else's turn it is (a consumer that takes no frames), time does not count.
 */
export function watchStall(
  stallSeconds: number,
  onStall: () => void,
  isWaiting: () => boolean = () => false,
): { beat(): void; stop(): void } {
  let last = performance.now();
  const timer = setInterval(
    () => {
      const now = performance.now();
      if (isWaiting()) last = now;
      if (now - last < stallSeconds * 1000) return;
      clearInterval(timer);
      onStall();
    },
    Math.min(1000, stallSeconds * 250),
  );
  return {
    beat() {
      last = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}
