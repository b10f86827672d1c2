import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiMjs from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import wasmMjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

/**
 * Builds of onnxruntime-web: `wasm` runs on the CPU (14 MB), `asyncify` and `jspi` on WebGPU (27 and 17 MB;
 * `jspi` needs WebAssembly's promise integration). Only the one that runs is downloaded.
 */
export type OrtBuild = 'wasm' | 'asyncify' | 'jspi';

export const ortFiles: Readonly<Record<OrtBuild, { readonly mjs: string; readonly wasm: string }>> =
  {
    wasm: { mjs: wasmMjs, wasm: wasmWasm },
    asyncify: { mjs: asyncifyMjs, wasm: asyncifyWasm },
    jspi: { mjs: jspiMjs, wasm: jspiWasm },
  };

/** The smaller WebGPU build where the browser can suspend WebAssembly, else the other. */
export const webGpuBuild = (): OrtBuild => ('Suspending' in WebAssembly ? 'jspi' : 'asyncify');
