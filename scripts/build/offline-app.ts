import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { webManifest } from './web-manifest.ts';

/** Too large to fetch unasked on every first visit: runtimes and models. */
const large = /\.(wasm|onnx)$/;

/** Says how long each large file is, so that progress has an end and a file cut short is noticed. */
function largeFileSizes(): Plugin {
  return {
    name: 'clearreel-large-file-sizes',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const assets = join(dir, 'assets');
      const names = readdirSync(assets).filter((name) => large.test(name));
      const sizes = names
        .sort()
        .map((name) => [`/assets/${name}`, statSync(join(assets, name)).size]);
      writeFileSync(join(dir, 'large-files.json'), JSON.stringify(Object.fromEntries(sizes)));
    },
  };
}

/** The service worker and the web app manifest. docs/decisions/0060-offline.md says how they work together. */
export function offlineApp(): PluginOption {
  return [
    largeFileSizes(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/pwa',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: webManifest,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{html,css,js,mjs,svg,png,mp4,woff2,json,webmanifest}'],
        // Hashed names need no revision of their own.
        dontCacheBustURLsMatching: /^assets\//,
        maximumFileSizeToCacheInBytes: 2 * 2 ** 20,
      },
    }),
  ];
}
