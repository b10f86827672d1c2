import { expect, onTestFinished, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { EngineClient } from '../engine/engine-client.ts';
import type { NewJob } from '../jobs/create-job.ts';
import { fingerprint } from '../jobs/fingerprint.ts';
import { jobDb } from '../jobs/job-db.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { clipFile } from '../rescue/clips.test-kit.ts';
import { readJobFile } from '../storage/job-files.ts';
import { createQueue } from './queue-store.ts';

export type TestQueue = ReturnType<typeof createQueue>;

/** A tab's queue, which is closed with the test; the first one of a test finds no job. */
export async function openQueue(): Promise<TestQueue> {
  const queue = createQueue();
  onTestFinished(() => queue.close());
  await queue.getState().open();
  return queue;
}

export interface JobChange {
  readonly segmentSeconds?: number;
  readonly model?: string;
}

/** A job as the page would make it of this clip: quick, in segments of half a second. */
export async function jobOf(name: string, change: JobChange = {}): Promise<NewJob> {
  const { model = 'none', segmentSeconds = 0.5 } = change;
  const file = await clipFile(name);
  const client = new EngineClient({ name: 'inspect', silenceSeconds: 60, stage: () => 'open' });
  const host = { provider: 'wasm' } as const;
  const { facts, proposed } = await client.call((engine) => engine.inspect(file, host));
  client.stop();
  const enhance = { ...proposed.enhance, model };
  const output = { ...proposed.output, segmentSeconds };
  const print = await fingerprint(file);
  return { file, facts, fingerprint: print, host, spec: { ...proposed, enhance, output } };
}

/** Waits until the condition holds; engines take their time on small machines. */
export const eventually = <T>(condition: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(condition, { timeout: 240_000, interval: 20 });

/** Waits until the job is in this state and gives its record. */
export async function stateOf(jobId: string, state: JobRecord['state']): Promise<JobRecord> {
  return eventually(async () => {
    const job = await jobDb.get(jobId);
    expect(job.state, job.error?.message).toBe(state);
    return job;
  });
}

export type { JobRecord };

/** Waits until so many segments of the running job are stored. */
export async function segmentsReached(jobId: string, segments: number): Promise<void> {
  await eventually(async () =>
    expect((await jobDb.get(jobId)).reached?.segments ?? 0).toBeGreaterThanOrEqual(segments),
  );
}

/** SHA-256 of every frame of the result, as the system's ffmpeg decodes it. */
export async function frameHashes(jobId: string): Promise<string> {
  const { spec } = await jobDb.get(jobId);
  const { container } = spec.output;
  const result = await readJobFile(jobId, `result.${container}`);
  if (!result) throw new Error('there is no result');
  const base64 = new Uint8Array(await result.arrayBuffer()).toBase64();
  const hash = ['-map', '0:v:0', '-fps_mode', 'passthrough', '-f', 'framehash', '-'];
  return commands.mediaToolOnFile('ffmpeg', ['-i', '{file}', ...hash], base64, container);
}
