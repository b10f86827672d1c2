/** Resolves once all of `work` has settled, whichever way, or after `limitSeconds`. */
export async function settled(
  work: readonly Promise<unknown>[],
  limitSeconds: number,
): Promise<void> {
  if (work.length === 0) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitSeconds * 1000);
  });
  await Promise.race([Promise.allSettled(work), limit]);
  if (timer !== undefined) clearTimeout(timer);
}
