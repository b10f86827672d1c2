import { type ErrorCode, errorTexts } from './codes.ts';

export type ErrorDetail = Readonly<Record<string, string | number>>;

/** An error as data: what crosses a worker, a process or the network, and what a page shows. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly todo: string;
  readonly detail: ErrorDetail;
}

const fill = (text: string, detail: ErrorDetail) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(detail[name] ?? whole));

export class ClearReelError extends Error {
  readonly code: ErrorCode;
  readonly todo: string;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options: { cause?: unknown } = {}) {
    super(fill(errorTexts[code].message, detail), options);
    this.name = 'ClearReelError';
    this.code = code;
    this.todo = fill(errorTexts[code].todo, detail);
    this.detail = detail;
  }

  toReport(): ErrorReport {
    return { code: this.code, message: this.message, todo: this.todo, detail: this.detail };
  }

  static fromReport(report: ErrorReport): ClearReelError {
    return new ClearReelError(report.code, report.detail);
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);

/**
 * Gives every thrown value a code: a `ClearReelError` passes unchanged, anything else becomes `code`
 * with the thrown value's own message as `{reason}`.
 */
export function asClearReelError(
  error: unknown,
  code: ErrorCode = 'INTERNAL',
  detail: ErrorDetail = {},
): ClearReelError {
  if (error instanceof ClearReelError) return error;
  return new ClearReelError(
    code,
    { stage: 'the engine', ...detail, reason: reasonOf(error) },
    { cause: error },
  );
}
