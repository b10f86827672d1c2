import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { offlineApp } from './scripts/build/offline-app.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  root: at('web'),
  plugins: [react(), tailwindcss(), offlineApp()],
  // onnxruntime-web's own files stay files: its threads load them by address.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  server: { headers: isolation, fs: { allow: [at('.')] } },
  worker: { format: 'es' },
  build: {
    outDir: at('web/dist'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    // Gzipping 90 MB of WebAssembly to print its size takes as long as the build.
    reportCompressedSize: false,
  },
  optimizeDeps: { exclude: ['@ffmpeg/ffmpeg', '@ffmpeg/core', 'onnxruntime-web'] },
});
