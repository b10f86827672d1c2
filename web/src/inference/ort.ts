import { localCopyOf } from '../pwa/local-copy.ts';
import { type OrtBuild, ortFiles } from './ort-files.ts';

/** onnxruntime-web's module, whichever build of it was loaded. */
export type Ort = typeof import('onnxruntime-web');

const modules = {
  wasm: () => import('onnxruntime-web/wasm'),
  asyncify: () => import('onnxruntime-web/webgpu'),
  jspi: () => import('onnxruntime-web/jspi'),
} as const satisfies Record<OrtBuild, () => Promise<unknown>>;

const loaded = new Map<OrtBuild, Promise<Ort>>();

const absolute = (url: string) => new URL(url, self.location.href).href;

async function load(build: OrtBuild, threads: number): Promise<Ort> {
  const { mjs, wasm } = ortFiles[build];
  const [ort, copy] = await Promise.all([modules[build](), localCopyOf(absolute(wasm))]);
  ort.env.wasm.wasmPaths = { mjs: absolute(mjs), wasm: copy.url };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}

/** Loads a build once; `threads` counts on the first call only. The WebAssembly itself starts with the first session. */
export function loadOrt(build: OrtBuild, threads: number): Promise<Ort> {
  const found = loaded.get(build);
  if (found) return found;
  const loading = load(build, threads);
  loaded.set(build, loading);
  loading.catch(() => loaded.delete(build));
  return loading;
}

let lastCreation: Promise<unknown> = Promise.resolve();

/** Runs one session creation after the other: two WebGPU sessions created at once throw. */
export function inCreationOrder<T>(create: () => Promise<T>): Promise<T> {
  const creation = lastCreation.then(create, create);
  lastCreation = creation.catch(() => undefined);
  return creation;
}
