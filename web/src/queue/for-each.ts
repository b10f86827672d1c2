/** Does `work` for each, some at a time, whatever happens to the others, and then throws the first error. */
export async function forEach<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  atATime = 1,
): Promise<void> {
  const errors: unknown[] = [];
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item).catch((error) => errors.push(error));
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  if (errors.length > 0) throw errors[0];
}
