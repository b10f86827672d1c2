import type { JobProgress } from '@clearreel/shared/api/job';

/** What a job of a server is doing, as far as this tab knows. */
export interface RemoteWork {
  /**
   * `waiting` for another upload, `upload`, `queued` and `running` over there; `away` while the server cannot be
   * reached, `needsToken` until it is told its access token.
   */
  readonly phase: 'waiting' | 'upload' | 'queued' | 'running' | 'away' | 'needsToken';
  readonly upload: UploadProgress | null;
  /** The server's own, once it works on it. */
  readonly progress: JobProgress | null;
  /** While it is `queued`: how many the server does before it. */
  readonly jobsAhead: number | null;
}

export interface UploadProgress {
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** Smoothed; 0 until something was sent. */
  readonly bytesPerSecond: number;
}

export const noWork: RemoteWork = {
  phase: 'waiting',
  upload: null,
  progress: null,
  jobsAhead: null,
};

/** Bytes a second, smoothed so that one slow piece does not make it jump. */
export class UploadClock {
  #lastMs: number | null = null;
  #lastBytes = 0;
  #bytesPerSecond = 0;

  tick(sentBytes: number, nowMs: number): number {
    const seconds = this.#lastMs === null ? 0 : (nowMs - this.#lastMs) / 1000;
    if (this.#lastMs !== null && seconds < 0.25) return this.#bytesPerSecond;
    if (seconds > 0 && sentBytes > this.#lastBytes) {
      const now = (sentBytes - this.#lastBytes) / seconds;
      this.#bytesPerSecond = this.#bytesPerSecond ? this.#bytesPerSecond * 0.8 + now * 0.2 : now;
    }
    this.#lastMs = nowMs;
    this.#lastBytes = sentBytes;
    return this.#bytesPerSecond;
  }
}
