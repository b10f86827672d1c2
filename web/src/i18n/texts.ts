import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice, Notice } from '@clearreel/shared/media/facts';
import { type Detail, type FormatValue, fill, isFilledBy } from '@clearreel/shared/texts/text';
import { formatBytes, formatNumber } from './format.ts';
import type { Translate } from './language.ts';

/** The engine's texts are in the translations only: English is in the engine's own tables, and is not in `en.json`. */
type Lookup = (
  keys: readonly string[],
  options: { readonly defaultValue: string; readonly skipInterpolation: true },
) => string;

const templateOf = (t: Translate, ...keys: string[]): string =>
  (t as Lookup)(keys, { defaultValue: '', skipInterpolation: true });

const formatIn =
  (t: Translate): FormatValue =>
  (name, value) => {
    if (typeof value === 'object') {
      const { code, message, detail } = value;
      const keys = [`reasons.${code}`, `errors.${code}.message`];
      return sentence(t, keys, message, detail);
    }
    if (typeof value === 'string') {
      return name === 'stage' ? templateOf(t, `stages.${value}`) || value : value;
    }
    if (/bytes$/i.test(name)) return formatBytes(value);
    // Whole numbers ungrouped: they count pixels and frames, as in 3840×2160.
    return Number.isInteger(value) ? String(value) : formatNumber(value, 2);
  };

/** Where there is no translation, or an old record does not have what this one needs, the English text stands. */
function sentence(
  t: Translate,
  keys: readonly string[],
  english: string,
  detail: Detail | undefined,
): string {
  const template = templateOf(t, ...keys);
  const isUsable = template !== '' && detail !== undefined && isFilledBy(template, detail);
  return isUsable ? fill(template, detail, formatIn(t)) : english;
}

/** What happened and what to do about it, in the language of the page. */
export function errorText(
  t: Translate,
  { code, message, todo, detail }: ErrorReport,
): { readonly message: string; readonly todo: string } {
  return {
    message: sentence(t, [`errors.${code}.message`], message, detail),
    todo: sentence(t, [`errors.${code}.todo`], todo, detail),
  };
}

export const noticeText = (t: Translate, { code, message, detail }: Notice): string =>
  sentence(t, [`notices.${code}`], message, detail);

/** Why something was chosen. */
export const reasonText = (t: Translate, { reason, why }: Choice): string =>
  sentence(t, [`reasons.${why?.code}`], reason, why?.detail);
