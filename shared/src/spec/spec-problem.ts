import type { z } from 'zod';
import { because } from '../notices/reasons.ts';
import type { DetailValue } from '../texts/text.ts';

const oneOf = (values: readonly unknown[]) =>
  because('ONE_OF', { values: values.map(String).join(', ') });

/** What the option must be, as the end of the sentence “It must be …”. */
export function mustBe(issue: z.core.$ZodIssue): DetailValue {
  switch (issue.code) {
    case 'too_big':
      return because('AT_MOST', { limit: Number(issue.maximum) });
    case 'too_small':
      return because(issue.inclusive === false ? 'MORE_THAN' : 'AT_LEAST', {
        limit: Number(issue.minimum),
      });
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue && issue.options ? oneOf(issue.options) : issue.message;
    case 'invalid_type':
      return issue.expected === 'int'
        ? because('WHOLE_NUMBER')
        : because('OF_TYPE', { type: issue.expected });
    case 'unrecognized_keys':
      return because('WITHOUT', { names: issue.keys.join(', ') });
    case 'custom':
      return issue.params?.isSpan ? because('START_BEFORE_END') : because('WIDTH_OR_HEIGHT');
    default:
      return issue.message;
  }
}
