import { variantOf } from '@clearreel/shared/models/catalogue';
import ffmpegWasm from '@ffmpeg/core/wasm?url';
import { findAdapter } from '../gpu/device.ts';
import { builtUrlOf, models } from '../inference/catalogue.ts';
import { chooseProvider } from '../inference/choose.ts';
import { ortFiles, webGpuBuild } from '../inference/ort-files.ts';

/** With fp16 the fp32 files too: a driver may refuse fp16 after all. */
async function precisions(): Promise<readonly ('fp16' | 'fp32')[]> {
  const adapter = await findAdapter();
  return adapter?.features.has('shader-f16') ? ['fp16', 'fp32'] : ['fp32'];
}

/** Addresses of the large files that jobs use in this browser: of the runtime's builds the one that it chooses. */
export async function filesForJobs(): Promise<readonly string[]> {
  const { value: provider } = await chooseProvider();
  const build = provider === 'webgpu' ? webGpuBuild() : 'wasm';
  const wanted = provider === 'webgpu' ? await precisions() : (['fp32'] as const);
  const modelFiles = models.flatMap((model) =>
    wanted.map((precision) => builtUrlOf(variantOf(model, precision).file)),
  );
  const files = [ortFiles[build].wasm, ...modelFiles, ffmpegWasm];
  return [...new Set(files.filter((file) => file !== undefined))];
}
