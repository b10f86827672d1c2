import type { Operation } from '@clearreel/shared/api/operation';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import { mustBe } from '@clearreel/shared/spec/spec-problem';
import type { DetailValue } from '@clearreel/shared/texts/text';
import type { Request, Response, Router } from 'express';
import type { z } from 'zod';

type Part = 'params' | 'query' | 'headers' | 'body';

type ValueOf<O, P extends Part> = O extends { readonly [K in P]: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;

/** What an operation's schemas made of a request. */
export interface Asked<O extends Operation> {
  readonly params: ValueOf<O, 'params'>;
  readonly query: ValueOf<O, 'query'>;
  readonly headers: ValueOf<O, 'headers'>;
  readonly body: ValueOf<O, 'body'>;
  readonly request: Request;
  readonly response: Response;
}

type Handler<O extends Operation> = (asked: Asked<O>) => Promise<void> | void;

function read(part: Part, schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw result.error;
  throw new ClearReelError('REQUEST_INVALID', {
    option:
      [part === 'body' ? '' : part, ...issue.path].filter((name) => name !== '').join('.') || part,
    mustBe: required(part, value, issue),
  });
}

function required(part: Part, value: unknown, issue: z.core.$ZodIssue): DetailValue {
  // The body reader leaves alone what is not announced as JSON.
  if (part === 'body' && value === undefined)
    return because('OF_TYPE', { type: 'application/json' });
  if (issue.code !== 'invalid_format') return mustBe(issue);
  return issue.pattern !== undefined && issue.format === 'regex'
    ? because('OF_FORM', { pattern: issue.pattern })
    : because('OF_TYPE', { type: issue.format });
}

/** The same address as Express writes it. */
export const expressPath = ({ path }: Pick<Operation, 'path'>): string =>
  path.replaceAll(/\{(\w+)\}/g, ':$1');

/**
 * Lets `handler` answer an operation. It is given only what the operation's schemas let through; anything else is
 * refused with `REQUEST_INVALID`.
 */
export function route<const O extends Operation>(
  router: Router,
  operation: O,
  handler: Handler<O>,
): void {
  router[operation.method](expressPath(operation), async (request, response) => {
    const value = (part: Part) => read(part, operation[part], request[part]);
    await handler({
      params: value('params'),
      query: value('query'),
      headers: value('headers'),
      body: value('body'),
      request,
      response,
    } as Asked<O>);
  });
}
