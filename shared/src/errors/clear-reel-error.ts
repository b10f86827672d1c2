import { type Detail, type DetailFor, type DetailValue, fill, type Text } from '../texts/text.ts';
import { type ErrorCode, errorTexts } from './codes.ts';

/** An error as data: what crosses a worker, a process or the network, and what a page shows. */
export interface ErrorReport extends Text {
  readonly code: ErrorCode;
  readonly todo: string;
}

type TextsOf<C extends ErrorCode> = (typeof errorTexts)[C];
type ErrorDetail<C extends ErrorCode> = DetailFor<TextsOf<C>['message'] | TextsOf<C>['todo']>;

type ErrorArgs = {
  [C in ErrorCode]: keyof ErrorDetail<C> extends never
    ? [code: C, detail?: Detail, options?: ErrorOptions]
    : [code: C, detail: ErrorDetail<C> & Detail, options?: ErrorOptions];
}[ErrorCode];

export class ClearReelError extends Error {
  readonly code: ErrorCode;
  readonly todo: string;
  readonly detail: Detail;

  /** The detail has every placeholder of the code's texts, and whatever else may help. */
  constructor(...[code, detail = {}, options = {}]: ErrorArgs) {
    super(fill(errorTexts[code].message, detail), options);
    this.name = 'ClearReelError';
    this.code = code;
    this.todo = fill(errorTexts[code].todo, detail);
    this.detail = detail;
  }

  toReport(): ErrorReport {
    return { code: this.code, message: this.message, todo: this.todo, detail: this.detail };
  }

  static fromReport({ code, detail }: Pick<ErrorReport, 'code' | 'detail'>): ClearReelError {
    return new ClearReelError(...([code, detail] as ErrorArgs));
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);

/** The same to stand in another text's detail: an error with a code stays one that can be translated. */
export const reasonFor = (error: unknown): DetailValue =>
  error instanceof ClearReelError ? error.toReport() : reasonOf(error);

/**
 * Gives every thrown value a code: a `ClearReelError` passes unchanged, anything else becomes `code`
 * with the thrown value's own message as `{reason}`.
 */
export function asClearReelError(
  error: unknown,
  code: ErrorCode = 'INTERNAL',
  detail: Detail = {},
): ClearReelError {
  if (error instanceof ClearReelError) return error;
  const reason = reasonOf(error);
  const args = [code, { stage: 'the engine', ...detail, reason }, { cause: error }];
  return new ClearReelError(...(args as ErrorArgs));
}
