import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import { errorTexts } from '../errors/codes.ts';
import { fill, isFilledBy } from '../texts/text.ts';
import { noticeTexts } from './codes.ts';
import { choice, notice } from './notice.ts';
import { because, reasonTexts } from './reasons.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const tables = ['errors/codes.ts', 'notices/codes.ts', 'notices/reasons.ts'];
const isProduct = (path: string) =>
  /\.tsx?$/.test(path) &&
  !/\.(test|testing|suite|samples)\./.test(path) &&
  !tables.some((table) => path.endsWith(table));

const sources = ['shared/src', 'web/src', 'server/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => isProduct(path.replaceAll('\\', '/')))
    .map((path) => readFileSync(join(root, folder, path), 'utf8')),
);
const product = sources.join('\n');

const codes = [errorTexts, noticeTexts, reasonTexts].flatMap((table) => Object.keys(table));

describe('app 9. the engine’s texts', () => {
  it.each(codes)('app 9.70 %s is said somewhere', (code) => {
    expect(product).toContain(`'${code}'`);
  });

  it('app 9.71 a code stands in one table only, so that any text can stand in another', () => {
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  it('app 9.72 a text in a text is said in English and kept as data', () => {
    const failure = new ClearReelError('JOIN_FAILED', {
      reason: because('PART_MISSING', { part: 3 }),
    });
    const { message, detail } = notice('RESTARTED', { cause: failure.toReport() });
    expect(message).toMatch(/^The finished parts could not be joined: part 3 is missing\. The /);
    expect(detail).toMatchObject({
      cause: { code: 'JOIN_FAILED', detail: { reason: { code: 'PART_MISSING' } } },
    });
    expect(ClearReelError.fromReport(failure.toReport()).message).toBe(failure.message);
  });

  it('app 9.73 a choice says why, as a sentence and as data', () => {
    expect(choice('wasm', 'CPU_WORKS', { obstacle: because('NO_ADAPTER') })).toMatchObject({
      value: 'wasm',
      reason: 'The processor does the work: this browser offers no WebGPU adapter.',
      why: { code: 'CPU_WORKS', detail: { obstacle: { code: 'NO_ADAPTER', detail: {} } } },
    });
  });

  it('app 9.74 values are written by their kind, and no full stop is doubled', () => {
    expect(
      fill('{freeBytes} in {seconds} s: {reason}. {cause}', {
        freeBytes: 1_500_000,
        seconds: 1 / 3,
        reason: 'It broke.',
        cause: 'So it is.',
      }),
    ).toBe('1.5 MB in 0.33 s: It broke. So it is.');
  });

  it('app 9.75 a detail without a placeholder’s value does not fill a text', () => {
    expect(isFilledBy('{some} of {more}', { some: 1 })).toBe(false);
    expect(isFilledBy('{some} of {more}', { some: 1, more: 2 })).toBe(true);
  });
});
