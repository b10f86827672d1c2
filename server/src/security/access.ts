import type { Access, Operation } from '@clearreel/shared/api/operation';
import { operations } from '@clearreel/shared/api/operations';
import { signatureQuery } from '@clearreel/shared/api/values';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { RequestHandler } from 'express';
import { patternOf } from '../http/path-pattern.ts';
import { isSame } from './is-same.ts';
import type { Links } from './links.ts';

/** What needs no token: probes and descriptions, and links, which carry a signature instead. */
const exceptions: readonly { method: string; pattern: RegExp; access: Access }[] = [
  { method: 'GET', pattern: /^\/docs$/, access: 'public' },
  ...(Object.values(operations) as readonly Operation[])
    .filter(({ access }) => access !== 'token')
    .map((operation) => ({
      method: operation.method.toUpperCase(),
      pattern: patternOf(operation),
      access: operation.access,
    })),
];

function accessTo(asked: string, path: string): Access {
  const method = asked === 'HEAD' ? 'GET' : asked;
  const entry = exceptions.find((each) => each.method === method && each.pattern.test(path));
  return entry?.access ?? 'token';
}

const bearerIn = (authorization = ''): string => /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';

export interface Keys {
  /** `null`: none is needed. */
  readonly token: string | null;
  readonly links: Links;
}

/** Lets nothing below it be reached but as it is declared: a new route needs the token until it says otherwise. */
export function checkAccess({ token, links }: Keys): RequestHandler {
  return ({ method, path, query, headers }, _response, next) => {
    const access = accessTo(method, path);
    if (access === 'token' && token !== null && !isSame(bearerIn(headers.authorization), token)) {
      throw new ClearReelError('TOKEN_WRONG');
    }
    if (access === 'link') {
      const signed = signatureQuery.safeParse(query);
      if (!signed.success) throw new ClearReelError('LINK_INVALID');
      links.check(path, signed.data);
    }
    next();
  };
}
