import { setTimeout as sleep } from 'node:timers/promises';
import { apiClient } from '@clearreel/server/api-client.testing';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { clip } from '../../clips/index.ts';
import { ServerProcess } from '../../driver/server-process.ts';
import type { Effort } from '../effort.ts';
import { type MemoryFigures, type MemoryOfClip, rounded } from '../figures.ts';
import { ProcessTreeMemory } from '../process-tree-memory.ts';
import { uploadFile } from './upload-file.ts';

const model = 'anime4k-s-x2';
const lengths = { full: { short: 60, long: 600 }, quick: { short: 1, long: 2 } };

/** Peak memory of the server's worker for ten minutes of video over that for one, alike in all else. */
export async function measureWorkerMemory(effort: Effort): Promise<MemoryFigures> {
  const { short: shortSeconds, long: longSeconds } = lengths[effort];
  const short = await peakOf(shortSeconds);
  const long = await peakOf(longSeconds);
  return { model, repeats: 1, short, long, ratio: rounded(long.peakBytes / short.peakBytes) };
}

async function peakOf(seconds: number): Promise<MemoryOfClip> {
  const name = 'length-600s';
  await using server = await ServerProcess.start({
    environment: { CLEARREEL_KEEP_FREE_GB: '0' },
  });
  const client = apiClient(new URL(server.url).origin);
  const uploadId = await uploadFile(server.url, await clip(name));
  const spec = parseJobSpec({
    version: 1,
    trim: { endSeconds: seconds },
    enhance: { model },
    output: { container: 'mp4', codec: 'avc' },
  });
  const memory = new ProcessTreeMemory(server.pid);
  const idleBytes = await memory.bytesNow();
  memory.start();
  const made = await client.POST('/jobs', {
    params: { header: {} },
    body: { uploadId, spec },
  });
  const jobId = made.data?.id;
  if (!jobId) throw new Error(JSON.stringify(made.error));
  for (;;) {
    const { data: job } = await client.GET('/jobs/{jobId}', { params: { path: { jobId } } });
    if (job?.state === 'completed') break;
    if (job?.state !== 'queued' && job?.state !== 'processing') {
      throw new Error(JSON.stringify(job));
    }
    await sleep(500);
  }
  return { clip: name, seconds, idleBytes, peakBytes: await memory.stop() };
}
