import type { ServerProvider } from './provider.ts';

export interface TensorData {
  readonly name: string;
  /** In shared memory, so that nothing is copied between the threads. */
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

export interface LoadRequest {
  readonly kind: 'load';
  readonly model: number;
  readonly bytes: Uint8Array;
  readonly provider: ServerProvider;
  readonly threads: number;
}

export interface RunRequest {
  readonly kind: 'run';
  readonly model: number;
  readonly input: TensorData;
  /** Is filled. */
  readonly output: TensorData;
}

export interface ReleaseRequest {
  readonly kind: 'release';
  readonly model: number;
}

export type ThreadRequest = LoadRequest | RunRequest | ReleaseRequest;

/** Answers come in the order of the requests. */
export interface ThreadReply {
  /** `null` when it went well. */
  readonly error: string | null;
}
