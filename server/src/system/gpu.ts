import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Gpu {
  readonly name: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
}

const bytesPerMiB = 1024 ** 2;

/** GPUs as NVIDIA's own tool lists them; none where it is not there, or does not answer. */
export async function nvidiaGpus(): Promise<readonly Gpu[]> {
  const query = ['--query-gpu=name,memory.total,memory.used', '--format=csv,noheader,nounits'];
  const answer = await run('nvidia-smi', query, { timeout: 2000 }).catch(() => null);
  return (answer?.stdout ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name = '', total, used] = line.split(',').map((cell) => cell.trim());
      return {
        name,
        totalBytes: (Number(total) || 0) * bytesPerMiB,
        usedBytes: (Number(used) || 0) * bytesPerMiB,
      };
    });
}
