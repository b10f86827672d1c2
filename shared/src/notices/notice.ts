import type { Choice, Notice } from '../media/facts.ts';
import { type Detail, fill, type WithDetail } from '../texts/text.ts';
import { type NoticeCode, noticeTexts } from './codes.ts';
import { because, type ReasonArgs } from './reasons.ts';

type NoticeArgs = {
  [C in NoticeCode]: WithDetail<[code: C], (typeof noticeTexts)[C]>;
}[NoticeCode];

export function notice(...[code, given]: NoticeArgs): Notice {
  const detail: Detail = given ?? {};
  return { code, detail, message: fill(noticeTexts[code], detail) };
}

/** What was chosen, with the reason as a sentence. */
export function choice<T extends string>(value: T, ...why: ReasonArgs): Choice<T> {
  const { code, detail, message } = because(...why);
  return { value, reason: message, why: { code, detail } };
}
