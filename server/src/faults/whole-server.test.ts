import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Job, jobSchema } from '@clearreel/shared/api/job';
import { apiBase } from '@clearreel/shared/api/operation';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { expect, it } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { ServerProcess } from '../../../e2e/driver/server-process.ts';
import { apiClient } from '../api-client.testing.ts';
import { EventReader } from '../jobs/events.testing.ts';
import { TusClient } from '../uploads/tus-client.testing.ts';

const spec = parseJobSpec({
  version: 1,
  trim: { endSeconds: 2 },
  enhance: { model: 'anime4k-s-x2' },
  output: { container: 'mp4', codec: 'avc', segmentSeconds: 0.4 },
});

it('server fault 3 the whole server killed in the middle of a job finishes it after its next start', async () => {
  await using server = await ServerProcess.start({ environment: { CLEARREEL_PROVIDERS: 'cpu' } });
  const api = `${server.url.slice(0, -1)}${apiBase}`;
  const uploadId = await new TusClient(api).upload(
    new Uint8Array(await readFile(await clip('real/bikes'))),
  );
  const { data: job } = await apiClient(server.url.slice(0, -1)).POST('/jobs', {
    params: { header: {} },
    body: { uploadId, spec },
  });
  const path = `${api}/jobs/${job?.id}`;
  const jobWhere = async (isSo: (job: Job) => boolean): Promise<Job> => {
    await using events = new EventReader(`${path}/events`);
    for (;;) {
      const { name } = await events.next();
      if (name === 'deleted') throw new Error('the job is gone');
      const now = jobSchema.parse(await (await fetch(path)).json());
      if (isSo(now)) return now;
    }
  };
  await jobWhere(({ progress }) => (progress?.segmentsDone ?? 0) > 0);
  await server.kill('SIGKILL');
  await server.start();
  const done = await jobWhere(({ endedAtMs }) => endedAtMs !== null);
  expect(done).toMatchObject({ state: 'completed', attempts: 2, result: { frameCount: 50 } });
  const folder = join(server.dataFolder, 'jobs', done.id);
  await expect.poll(() => readdir(folder, { recursive: true })).toEqual(['2', '2/result.mp4']);
});
