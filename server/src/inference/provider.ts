/** Execution providers of onnxruntime that the server uses, as it names them. */
export const serverProviders = ['cuda', 'webgpu', 'cpu'] as const;

export type ServerProvider = (typeof serverProviders)[number];

export const providerNames: Readonly<Record<ServerProvider, string>> = {
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  cpu: 'CPU',
};

export const isServerProvider = (value: string): value is ServerProvider =>
  (serverProviders as readonly string[]).includes(value);
