import type { z } from 'zod';
import type { ErrorCode } from '../errors/codes.ts';

/** Every address of the HTTP interface begins so. */
export const apiBase = '/api/v1';

export type HttpMethod = 'get' | 'post' | 'head' | 'patch' | 'delete';

/**
 * Who may call an operation: anyone (`public`); who has the access token, where the server has one (`token`); who has
 * been given a link that it signed (`link`).
 */
export type Access = 'public' | 'token' | 'link';

export interface Answer {
  readonly description: string;
  /** Of a JSON body. */
  readonly schema?: z.ZodType;
  /** Of any other body. */
  readonly mimeType?: string;
}

/** One operation of the HTTP interface, as data: routes, the OpenAPI document and clients' types come from it. */
export interface Operation {
  readonly method: HttpMethod;
  /** Below `apiBase`; `{name}` stands for what `params` has under that name. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** A JSON body. */
  readonly body?: z.ZodType;
  /** Any other body. */
  readonly bodyMimeType?: string;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** What can go wrong besides what can go wrong everywhere. */
  readonly errors: readonly ErrorCode[];
}

export const operation = <const O extends Operation>(description: O): O => description;
