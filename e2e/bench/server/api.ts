import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { apiClient } from '@clearreel/server/api-client.testing';
import { StoreFile } from '@clearreel/server/jobs/store-file';
import type { StoredJob } from '@clearreel/server/jobs/stored-job';
import { someOutcome, someSpec } from '@clearreel/server/jobs/suite/samples.testing';
import { clip } from '../../clips/index.ts';
import { ServerProcess } from '../../driver/server-process.ts';
import type { Effort } from '../effort.ts';
import { type ApiFigures, rounded } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { uploadFile } from './upload-file.ts';

const sizes = {
  full: { jobs: 10_000, requests: 200, clients: 100, each: 20 },
  quick: { jobs: 100, requests: 5, clients: 10, each: 2 },
};

/** A long history, as the store itself would have written it. */
async function fillStore(folder: string, count: number): Promise<string[]> {
  const nowMs = Date.now();
  const jobs = new Map<string, StoredJob>();
  for (let position = 0; position < count; position++) {
    const id = randomUUID();
    const atMs = nowMs - (count - position) * 1000;
    jobs.set(id, {
      ...{ id, uploadId: randomUUID(), sourceName: `holiday ${position}.mp4`, sourceBytes: 1e7 },
      ...{ state: 'completed', priority: 5, spec: someSpec, idempotencyKey: null },
      ...{ createdAtMs: atMs, updatedAtMs: atMs, startedAtMs: atMs, endedAtMs: atMs },
      ...{ epoch: 1, attempts: 1, fruitlessAttempts: 0, notBeforeMs: 0, lease: null },
      ...{ cancelRequested: false, segments: [], failure: null, notices: [] },
      result: { ...someOutcome, epoch: 1 },
    });
  }
  const file = new StoreFile(join(folder, 'store.json'), Date.now);
  await file.write({ jobs, uploads: new Map() });
  return [...jobs.keys()];
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
};

/** How the API answers with a long history behind it: one client alone, then many at once. */
export async function measureApi(effort: Effort): Promise<ApiFigures> {
  const { jobs, requests, clients, each } = sizes[effort];
  await using server = await ServerProcess.start({
    environment: { CLEARREEL_REQUESTS_PER_MINUTE: '1000000', CLEARREEL_KEEP_FREE_GB: '0' },
  });
  await server.kill('SIGTERM');
  const ids = await fillStore(server.dataFolder, jobs);
  await server.start();
  const client = apiClient(new URL(server.url).origin);
  const must = async (answer: Promise<{ response: Response; error?: unknown }>) => {
    const { response, error } = await answer;
    if (error !== undefined) throw new Error(`${response.status}: ${JSON.stringify(error)}`);
  };
  const uploadId = await uploadFile(server.url, await clip('tiny'));
  const idAt = (position: number) => ids[(position * 7919) % ids.length] ?? '';

  const acts = {
    list: () => must(client.GET('/jobs', { params: { query: { limit: 50 } } })),
    show: (position: number) =>
      must(client.GET('/jobs/{jobId}', { params: { path: { jobId: idAt(position) } } })),
    create: () =>
      must(client.POST('/jobs', { params: { header: {} }, body: { uploadId, spec: someSpec } })),
  };
  const p95 = async (act: (position: number) => Promise<void>) => {
    const times: number[] = [];
    for (let position = 0; position < requests; position++) {
      times.push(await timed(() => act(position)));
    }
    return rounded(percentile(times, 95), 1);
  };
  const listP95Ms = await p95(acts.list);
  const showP95Ms = await p95(acts.show);
  const createP95Ms = await p95(acts.create);

  let failedOfClients = 0;
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: clients }, async (_, number) => {
      for (let turn = 0; turn < each; turn++) {
        const act = [acts.list, acts.show, acts.create][turn % 3] ?? acts.list;
        try {
          times.push(await timed(() => act(number * each + turn)));
        } catch (error) {
          failedOfClients++;
          console.error(error);
        }
      }
    }),
  );
  return {
    ...{ jobs, requests, listP95Ms, showP95Ms, createP95Ms, clients },
    requestsOfClients: clients * each,
    failedOfClients,
    clientsP95Ms: rounded(percentile(times, 95), 1),
  };
}
