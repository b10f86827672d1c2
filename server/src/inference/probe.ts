import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { because } from '@clearreel/shared/notices/reasons';
import type { Text } from '@clearreel/shared/texts/text';
import { listSupportedBackends } from 'onnxruntime-node';
import type { ServerProvider } from './provider.ts';

/** What became of a trial: how long a tiny input took once all was warm, or why there was none. */
export type Probe =
  | { readonly tookMs: number; readonly obstacle: null }
  | { readonly tookMs: null; readonly obstacle: Text };

/** An emulated GPU takes seconds; compiling for a real one, too. */
const patienceSeconds = 60;

const script = fileURLToPath(new URL('./probe-provider.ts', import.meta.url));

const failed = (obstacle: Text): Probe => ({ tookMs: null, obstacle });

/** onnxruntime's files for this system lie beside its binding. */
const binding = join(
  dirname(createRequire(import.meta.url).resolve('onnxruntime-node')),
  `../bin/napi-v6/${process.platform}/${process.arch}`,
);

const hasCudaFiles = () =>
  ['libonnxruntime_providers_cuda.so', 'onnxruntime_providers_cuda.dll'].some((name) =>
    existsSync(join(binding, name)),
  );

/** Why it cannot be tried at all, or `null`. */
function absence(provider: ServerProvider): Text | null {
  if (!listSupportedBackends().some(({ name }) => name === provider)) {
    return because('NO_SUCH_PROVIDER');
  }
  return provider === 'cuda' && !hasCudaFiles() ? because('CUDA_NOT_INSTALLED') : null;
}

export async function probeProvider(
  provider: ServerProvider,
  seconds = patienceSeconds,
): Promise<Probe> {
  const absent = absence(provider);
  if (absent) return failed(absent);
  return new Promise((resolve) => {
    const options = { timeout: seconds * 1000, killSignal: 'SIGKILL' } as const;
    execFile(process.execPath, [script, provider], options, (error, stdout) => {
      if (error?.killed) return resolve(failed(because('PROBE_SILENT', { seconds })));
      if (error) {
        const reason = String(error.signal ?? error.code);
        return resolve(failed(because('PROBE_ENDED', { reason })));
      }
      const answer: { tookMs: number } | { error: string } = JSON.parse(stdout);
      if ('tookMs' in answer) return resolve({ tookMs: answer.tookMs, obstacle: null });
      const isWithoutGpu = /adapter|no CUDA-capable device|CUDA driver/i.test(answer.error);
      resolve(
        failed(
          isWithoutGpu
            ? because('NO_GPU_FOUND')
            : because('PROBE_ENDED', { reason: answer.error.slice(0, 200) }),
        ),
      );
    });
  });
}
