import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@clearreel/shared/api/job';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { clip } from '../../../e2e/clips/index.ts';
import { apiClient } from '../api-client.testing.ts';
import type { RunningApp } from '../app.testing.ts';
import { adoptSegments } from '../engine/adopt-segments.ts';
import { TusClient } from '../uploads/tus-client.testing.ts';
import type { Claim } from './job-repository.ts';

export const spec: JobSpec = parseJobSpec({
  version: 1,
  enhance: { model: 'none' },
  output: { container: 'mp4', codec: 'avc' },
});

/** A client with a video on the server, and a hand in place of a worker. */
export class JobApi {
  readonly app: RunningApp;
  readonly client: ReturnType<typeof apiClient>;

  constructor(app: RunningApp) {
    this.app = app;
    this.client = apiClient(app.origin);
  }

  async upload(name = 'clip.mp4', of = 'plain-h264'): Promise<string> {
    const bytes = new Uint8Array(await readFile(await clip(of)));
    return await new TusClient(this.app.api).upload(bytes, name);
  }

  async create(uploadId: string, priority = 5): Promise<Job> {
    const { data, error, response } = await this.client.POST('/jobs', {
      body: { uploadId, spec, priority },
      params: { header: {} },
    });
    if (!data) throw new Error(`${response.status}: ${JSON.stringify(error)}`);
    return data;
  }

  async show(jobId: string): Promise<Job> {
    const { data, error } = await this.client.GET('/jobs/{jobId}', { params: { path: { jobId } } });
    if (!data) throw new Error(error?.error.code);
    return data;
  }

  async claim(): Promise<Claim> {
    const { repository } = this.app.services;
    const claim = await repository.claimNext({ workerId: 'a hand', leaseMs: 60_000 });
    if (!claim) throw new Error('no job waits');
    return claim;
  }

  /** Ends a claimed job with a result of these bytes and a side file. */
  async finish({ token, job }: Claim, bytes: Uint8Array, fileName = 'clip.mp4'): Promise<void> {
    const { services } = this.app;
    const upload = await services.uploads.find(job.uploadId);
    if (!upload.facts) throw new Error('the upload is not complete');
    const { result: folder } = await services.files.begin({ token, job }, adoptSegments);
    await writeFile(join(folder, 'result.mp4'), bytes);
    await writeFile(join(folder, 'side-0.srt'), 'subtitles');
    const choice = { value: 'cpu', reason: 'The processor does the work.' };
    await services.repository.finish(
      token,
      {
        storedName: 'result.mp4',
        fileName,
        mimeType: 'video/mp4',
        bytes: bytes.length,
        sideFiles: [{ storedName: 'side-0.srt', fileName: 'clip.de.srt' }],
        frameCount: 75,
        facts: upload.facts,
        provider: choice,
        encoder: choice,
        inferenceSeconds: 1,
        stageSeconds: { open: 0, prepare: 0, decode: 0, enhance: 1, encode: 0, store: 0, join: 0 },
      },
      [],
    );
  }
}
