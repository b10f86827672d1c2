/**
 * Calls `onStall` once when `beat` was not called for `stallSeconds`. While `isWaiting` says that somebody else's turn it
 * is (a consumer that takes no frames), time does not count. It counts its own timer's ticks and not the clock, which
 * goes on while the machine sleeps, and while a long computation keeps the thread from hearing any beat.
 */
export function watchStall(
  stallSeconds: number,
  onStall: () => void,
  isWaiting: () => boolean = () => false,
): { beat(): void; stop(): void } {
  const tickMs = Math.min(1000, stallSeconds * 250);
  const limitTicks = Math.ceil((stallSeconds * 1000) / tickMs);
  let ticks = 0;
  const timer = setInterval(() => {
    ticks = isWaiting() ? 0 : ticks + 1;
    if (ticks < limitTicks) return;
    clearInterval(timer);
    onStall();
  }, tickMs);
  return {
    beat() {
      ticks = 0;
    },
    stop: () => clearInterval(timer),
  };
}
