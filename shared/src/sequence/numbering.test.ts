import { describe, expect, test } from 'vitest';
import { numberingGaps } from './numbering.ts';

describe('app 1.4 numbers that are missing', () => {
  test('app 1.4.20 are counted, and the last name before them is told', () => {
    const names = ['a1.png', 'a2.png', 'a3.png', 'a6.png', 'a7.png', 'a8.png'];
    expect(numberingGaps(names)).toEqual({ missing: 2, after: 'a3.png' });
  });

  test('app 1.4.21 are looked for in names of any length', () => {
    const long = `${'1'.repeat(1_000_000)}a.png`;
    expect(numberingGaps([long, `${long}.png`])).toBeNull();
  });
});
