import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { inModels } from './manifest.ts';
import { type Picture, RGB } from './picture.ts';

export type Upscale = (picture: Picture) => Promise<Picture>;

/** Loads a model file (path inside `models/`) on the CPU provider. */
export async function loadNetwork(file: string): Promise<Upscale> {
  const session = await InferenceSession.create(fileURLToPath(inModels(file)), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 2,
  });
  return async ({ width, height, planes }) => {
    const { output } = await session.run({
      input: new Tensor('float32', planes, [1, RGB, height, width]),
    });
    if (output === undefined) throw new Error(`${file} gives no tensor named output`);
    const [, , outputHeight = 0, outputWidth = 0] = output.dims;
    return { width: outputWidth, height: outputHeight, planes: output.data as Float32Array };
  };
}
