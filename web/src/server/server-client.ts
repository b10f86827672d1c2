import type { Job } from '@clearreel/shared/api/job';
import { apiBase } from '@clearreel/shared/api/operation';
import type { Paths } from '@clearreel/shared/api/paths';
import type { System } from '@clearreel/shared/api/system';
import type { FramePairLinks } from '@clearreel/shared/api/values';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import createClient from 'openapi-fetch';
import { serverAway, serverError } from './server-error.ts';
import { tokenFor } from './server-preferences.ts';

export const uploadIdIn = (uploadUrl: string): string => uploadUrl.split('/').at(-1) ?? '';

/** Answers are small; one that takes longer than this is lost. */
const patienceMs = 30_000;

interface Answer<T> {
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

const isAbortOf = (signal: AbortSignal | undefined) => signal?.aborted ?? false;

/** One server, as the rest of the page asks it. Whatever goes wrong is a `ClearReelError`. */
export class ServerClient {
  readonly address: string;
  readonly #api: ReturnType<typeof createClient<Paths>>;

  constructor(address: string) {
    this.address = address;
    this.#api = createClient<Paths>({ baseUrl: `${address}${apiBase}`, credentials: 'omit' });
  }

  headers(): Record<string, string> {
    const token = tokenFor(this.address);
    return token ? { authorization: `Bearer ${token}` } : {};
  }

  /** A link as the server gives it, from its own root. */
  link = (path: string): string => new URL(path, this.address).href;

  system = (signal?: AbortSignal): Promise<System> =>
    this.#ask((options) => this.#api.GET('/system', options), signal);

  createJob = (uploadId: string, spec: JobSpec, key: string): Promise<Job> =>
    this.#ask((options) =>
      this.#api.POST('/jobs', {
        ...options,
        params: { header: { 'idempotency-key': key } },
        body: { uploadId, spec },
      }),
    );

  job = (jobId: string, signal?: AbortSignal): Promise<Job> =>
    this.#ask(
      (options) => this.#api.GET('/jobs/{jobId}', { ...options, params: { path: { jobId } } }),
      signal,
    );

  cancelJob = (jobId: string): Promise<Job> =>
    this.#ask((options) =>
      this.#api.POST('/jobs/{jobId}/cancel', { ...options, params: { path: { jobId } } }),
    );

  retryJob = (jobId: string): Promise<Job> =>
    this.#ask((options) =>
      this.#api.POST('/jobs/{jobId}/retry', { ...options, params: { path: { jobId } } }),
    );

  /** Links to the newest frame of a running job; `null` where there is none. */
  newestFrame = async (jobId: string, signal: AbortSignal): Promise<FramePairLinks | null> =>
    (await this.#ask<FramePairLinks | undefined>(
      (options) =>
        this.#api.GET('/jobs/{jobId}/newest-frame', { ...options, params: { path: { jobId } } }),
      signal,
    )) ?? null;

  deleteJob = (jobId: string): Promise<unknown> =>
    this.#ask((options) =>
      this.#api.DELETE('/jobs/{jobId}', { ...options, params: { path: { jobId } } }),
    );

  deleteUpload = (uploadId: string): Promise<unknown> =>
    this.#ask((options) =>
      this.#api.DELETE('/uploads/{uploadId}', { ...options, params: { path: { uploadId } } }),
    );

  /** The stream of what happens to a job; no time limit, since it lasts as long as the job. */
  async jobEvents(jobId: string, signal: AbortSignal): Promise<Response> {
    const url = `${this.address}${apiBase}/jobs/${jobId}/events`;
    const headers = { ...this.headers(), accept: 'text/event-stream' };
    const response = await this.#fetched(
      fetch(url, { headers, signal, cache: 'no-store' }),
      signal,
    );
    if (response.ok) return response;
    throw serverError(this.address, response.status, await response.json().catch(() => null));
  }

  /** What a link leads to. */
  async read(path: string, signal?: AbortSignal): Promise<Response> {
    const options = signal ? { signal } : {};
    const response = await this.#fetched(fetch(this.link(path), options), signal);
    if (response.ok) return response;
    throw serverError(this.address, response.status, await response.json().catch(() => null));
  }

  async #ask<T>(
    send: (options: { headers: Record<string, string>; signal: AbortSignal }) => Promise<Answer<T>>,
    signal?: AbortSignal,
  ): Promise<T> {
    const patience = AbortSignal.timeout(patienceMs);
    const both = signal ? AbortSignal.any([signal, patience]) : patience;
    const asking = send({ headers: this.headers(), signal: both });
    const { data, error, response } = await this.#fetched(asking, signal);
    if (!response.ok) throw serverError(this.address, response.status, error);
    return data as T;
  }

  async #fetched<T>(fetching: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    try {
      return await fetching;
    } catch (error) {
      if (isAbortOf(signal)) throw error;
      // What answers without JSON is a page, perhaps of a hotel's Wi-Fi.
      if (error instanceof SyntaxError) {
        throw new ClearReelError('SERVER_REFUSED', { reason: error.message }, { cause: error });
      }
      throw serverAway(this.address, error);
    }
  }
}
