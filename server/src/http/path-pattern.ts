import type { Operation } from '@clearreel/shared/api/operation';

/** Matches an operation's addresses, whatever stands in them for its `params`. */
export const patternOf = ({ path }: Pick<Operation, 'path'>): RegExp =>
  new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`);
