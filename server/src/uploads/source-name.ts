const longestName = 255;

/** What cannot be seen, or turns how the rest is read. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A client's name for a file, fit to be shown and offered: its last part, without what cannot be seen. */
export function sourceName(given: string | null | undefined): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const name = last.replaceAll(unseen, '').trim().slice(0, longestName);
  return /^\.*$/.test(name) ? 'video' : name;
}
