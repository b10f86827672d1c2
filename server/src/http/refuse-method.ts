import { operations } from '@clearreel/shared/api/operations';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { RequestHandler } from 'express';
import { patternOf } from './path-pattern.ts';

const known = Object.values(operations).map((operation) => ({
  method: operation.method.toUpperCase(),
  pattern: patternOf(operation),
}));

/** For an address that has operations, of which none has this method. */
export const refuseMethod: RequestHandler = ({ method, path }, response, next) => {
  const methods = known.filter(({ pattern }) => pattern.test(path)).map((each) => each.method);
  if (methods.length === 0) return next();
  const allowed = [...new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods)].join(', ');
  response.set('Allow', allowed);
  throw new ClearReelError('METHOD_REFUSED', { method, allowed });
};
