import wasmUrl from '@ffmpeg/core/wasm?url';
import coreUrl from '@ffmpeg/core?url';
import { FFmpeg } from '@ffmpeg/ffmpeg';
import { localCopyOf } from '../pwa/local-copy.ts';
import workerUrl from './ffmpeg-worker.ts?worker&url';

/** Vite gives paths; inside a worker whose base is a blob or another folder they need the origin. */
const absolute = (path: string) => new URL(path, globalThis.location.href).href;

/** A fresh ffmpeg in its own worker, from this origin only. Compiling the core takes 0.5 to 2 s. */
export async function loadFfmpeg(): Promise<FFmpeg> {
  const ffmpeg = new FFmpeg();
  const wasm = await localCopyOf(absolute(wasmUrl));
  try {
    await ffmpeg.load({
      coreURL: absolute(coreUrl),
      wasmURL: wasm.url,
      classWorkerURL: absolute(workerUrl),
    });
    await ffmpeg.createDir('/in');
    await ffmpeg.createDir('/out');
    await ffmpeg.createDir('/frames');
    return ffmpeg;
  } catch (error) {
    ffmpeg.terminate();
    throw error;
  } finally {
    wasm.release();
  }
}
