import type { Notice } from '../media/facts.ts';
import type { NoticeCode } from './codes.ts';
import { notice } from './notice.ts';

const damage: ReadonlySet<string> = new Set<NoticeCode>([
  'SOURCE_CUT_SHORT',
  'SOURCE_DAMAGED',
  'SPAN_DAMAGED',
  'FRAMES_NOT_DECODED',
]);

/** What was lost while an attempt ran that then crashed is known only from what the segments lack. */
export const missingFrames = (
  notices: readonly Notice[],
  planned: number,
  found: number,
): readonly Notice[] =>
  found >= planned || notices.some(({ code }) => damage.has(code))
    ? []
    : [notice('FRAMES_DAMAGED', { lost: planned - found, total: planned })];
