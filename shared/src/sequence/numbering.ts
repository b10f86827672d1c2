const numerals = new Intl.Collator('en', { numeric: true });

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** As people count: `2` before `10`. Total, so that the same names always give the same order. */
export const inNaturalOrder = (a: string, b: string): number =>
  numerals.compare(a, b) || byCodeUnit(a, b);

export interface NumberingGaps {
  /** Numbers that are not there. */
  readonly missing: number;
  /** The last name before the first gap. */
  readonly after: string;
}

interface Numbered {
  readonly name: string;
  readonly number: number;
}

/** The search for the last number takes the square of a name's length; file systems know none that is longer. */
const longestStem = 255;

/** The last number of each name, among the names that are alike but for it. */
function numberedAlike(names: readonly string[]): Map<string, Numbered[]> {
  const groups = new Map<string, Numbered[]>();
  for (const name of names) {
    const [, before = '', digits, after = ''] =
      /^(.*?)(\d+)(\D*)$/s.exec(stemOf(name).slice(-longestStem)) ?? [];
    if (digits === undefined) continue;
    const key = `${before}\n${after}`;
    const alike = groups.get(key) ?? [];
    alike.push({ name, number: Number(digits) });
    groups.set(key, alike);
  }
  return groups;
}

export const stemOf = (name: string): string => name.replace(/\.[^./]*$/, '');

/**
 * Numbers that are missing in a sequence, in natural order. Numbers may count in steps (every second one); those that
 * do not count at all (times of day) have no gaps. `null` where nothing is missing.
 */
export function numberingGaps(names: readonly string[]): NumberingGaps | null {
  let missing = 0;
  let after: string | null = null;
  for (const numbered of numberedAlike(names).values()) {
    const steps = numbered.slice(1).map(({ number }, at) => number - (numbered[at]?.number ?? 0));
    const step = mostCommon(steps.filter((each) => each > 0));
    const wide = steps.map((each) => each > step);
    const regular = steps.filter((each) => each === step).length;
    if (step === 0 || regular <= steps.length / 2) continue;
    for (const [at, isWide] of wide.entries()) {
      if (!isWide) continue;
      missing += Math.round((steps[at] ?? 0) / step) - 1;
      after ??= numbered[at]?.name ?? null;
    }
  }
  return missing > 0 && after !== null ? { missing, after } : null;
}

function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a - b)[0]?.[0] ?? 0;
}
