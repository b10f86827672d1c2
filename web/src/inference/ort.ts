import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiMjs from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import wasmMjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

/** onnxruntime-web's module, whichever build of it was loaded. */
export type Ort = typeof import('onnxruntime-web');

/**
 * Builds of onnxruntime-web: `wasm` runs on the CPU (14 MB), `asyncify` and `jspi` on WebGPU (27 and 17 MB;
 * `jspi` needs WebAssembly's promise integration). Only the one that runs is downloaded.
 */
export type OrtBuild = 'wasm' | 'asyncify' | 'jspi';

const builds = {
  wasm: { load: () => import('onnxruntime-web/wasm'), mjs: wasmMjs, wasm: wasmWasm },
  asyncify: {
    load: () => import('onnxruntime-web/webgpu'),
    mjs: asyncifyMjs,
    wasm: asyncifyWasm,
  },
  jspi: { load: () => import('onnxruntime-web/jspi'), mjs: jspiMjs, wasm: jspiWasm },
} as const;

/** The smaller WebGPU build where the browser can suspend WebAssembly, else the other. */
export const webGpuBuild = (): OrtBuild => ('Suspending' in WebAssembly ? 'jspi' : 'asyncify');

const loaded = new Map<OrtBuild, Promise<Ort>>();

const absolute = (url: string) => new URL(url, self.location.href).href;

async function load(build: OrtBuild, threads: number): Promise<Ort> {
  const { load: importOrt, mjs, wasm } = builds[build];
  const ort = await importOrt();
  ort.env.wasm.wasmPaths = { mjs: absolute(mjs), wasm: absolute(wasm) };
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
