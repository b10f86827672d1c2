import type { ModelEntry } from '@clearreel/shared/models/manifest';
import { expect, it } from 'vitest';
import { openGpu } from '../gpu/device.ts';
import { GpuFrameOps } from '../gpu/frame-ops.ts';
import { findModel } from './catalogue.ts';
import { WebGpuInferenceHost } from './webgpu-host.ts';

type Field = readonly [number, number | string | readonly Field[]];

/** Protocol buffers as far as this file needs them: small numbers, texts and nested messages. */
const encode = (fields: readonly Field[]): number[] =>
  fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [number << 3, ...(number > 15 ? [1] : []), value];
    const body = typeof value === 'string' ? [...new TextEncoder().encode(value)] : encode(value);
    return [(number << 3) | 2, body.length, ...body];
  });

const port = (name: string, sides: readonly number[]): readonly Field[] => [
  [1, name],
  [
    2,
    [
      [
        1,
        [
          [1, 1],
          [2, sides.map((side): Field => [1, [[1, side]]])],
        ],
      ],
    ],
  ],
];

/** An ONNX file of one operator, SpaceToDepth, for which ONNX Runtime has no GPU kernel. */
const spaceToDepth = Uint8Array.from(
  encode([
    [1, 8],
    [
      7,
      [
        [
          1,
          [
            [1, 'input'],
            [2, 'output'],
            [4, 'SpaceToDepth'],
            [
              5,
              [
                [1, 'blocksize'],
                [3, 2],
                [20, 2],
              ],
            ],
          ],
        ],
        [2, 'graph'],
        [11, port('input', [1, 3, 4, 4])],
        [12, port('output', [1, 12, 2, 2])],
      ],
    ],
    [8, [[2, 16]]],
  ]),
);

const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

it('5.3 the check that every operator runs on the GPU fails for one that does not', async () => {
  const sha256 = hex(await crypto.subtle.digest('SHA-256', spaceToDepth));
  const file = { precision: 'fp32', file: 'x', sha256, bytes: spaceToDepth.length } as const;
  const entry: ModelEntry = { ...findModel('anime4k-s-x2'), variants: [file] };
  const urlOf = () => URL.createObjectURL(new Blob([spaceToDepth]));
  const gpu = await openGpu();
  const { tiles } = new GpuFrameOps(gpu);
  const host = (wholeModelOnGpu: boolean) =>
    new WebGpuInferenceHost({ gpu, tiles, wholeModelOnGpu, fetching: { urlOf } });
  await (await host(false).load(entry)).dispose();
  await expect(host(true).load(entry)).rejects.toMatchObject({ code: 'INFERENCE_FAILED' });
  gpu.dispose();
});
