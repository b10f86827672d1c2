import { createHmac } from 'node:crypto';
import { apiBase } from '@clearreel/shared/api/operation';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { isSame } from './is-same.ts';

interface Signed {
  readonly expires: number;
  readonly signature: string;
}

/** Links that stand for a permission: an address below `apiBase`, a moment, and an HMAC over both. */
export class Links {
  readonly #key: string;
  readonly #minutes: number;
  readonly #nowMs: () => number;

  constructor(key: string, minutes: number, nowMs: () => number) {
    this.#key = key;
    this.#minutes = minutes;
    this.#nowMs = nowMs;
  }

  /** `path` is below `apiBase`, as the operation has it, its parameters filled in. */
  make(path: string): string {
    const expires = Math.ceil(this.#nowMs() / 1000 + this.#minutes * 60);
    return `${apiBase}${path}?expires=${expires}&signature=${this.#signature(path, expires)}`;
  }

  /** @throws ClearReelError `LINK_INVALID` unless this server made the link and it still holds. */
  check(path: string, { expires, signature }: Signed): void {
    const isGenuine = isSame(signature, this.#signature(path, expires));
    if (!isGenuine || expires * 1000 < this.#nowMs()) throw new ClearReelError('LINK_INVALID');
  }

  #signature(path: string, expires: number): string {
    return createHmac('sha256', this.#key).update(`${expires} ${path}`).digest('base64url');
  }
}
