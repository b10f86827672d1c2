import type { z } from 'zod';
import type { ErrorBody } from './errors.ts';
import type { operations } from './operations.ts';

type Operations = (typeof operations)[keyof typeof operations];

type InputOf<T> = T extends z.ZodType ? z.input<T> : never;

type PartOf<O, Part extends string, As extends string> = O extends {
  readonly [P in Part]: infer Schema extends z.ZodType;
}
  ? { [K in As]: InputOf<Schema> }
  : unknown;

type AnswerOf<A> = A extends { readonly schema: infer Schema extends z.ZodType }
  ? { content: { 'application/json': z.output<Schema> } }
  : A extends { readonly mimeType: infer Mime extends string }
    ? { content: { [M in Mime]: unknown } }
    : { content?: never };

type BodyOf<O> = O extends { readonly body: infer Schema extends z.ZodType }
  ? { requestBody: { content: { 'application/json': z.input<Schema> } } }
  : { requestBody?: never };

type Described<O extends Operations> = BodyOf<O> & {
  parameters: PartOf<O, 'params', 'path'> &
    PartOf<O, 'query', 'query'> &
    PartOf<O, 'headers', 'header'>;
  responses: { [Status in keyof O['answers']]: AnswerOf<O['answers'][Status]> } & {
    default: { content: { 'application/json': ErrorBody } };
  };
};

/** The HTTP interface as types, in the shape that `openapi-fetch` takes: `createClient<Paths>({ baseUrl: apiBase })`. */
export type Paths = {
  [Path in Operations['path']]: {
    [O in Extract<Operations, { path: Path }> as O['method']]: Described<O>;
  };
};
