import type { Options } from 'vite-plugin-pwa';

/** Containers that the engine reads, by the types that browsers and systems know them under. */
const videos: Record<string, string[]> = {
  'video/mp4': ['.mp4', '.m4v'],
  'video/quicktime': ['.mov', '.qt'],
  'video/x-matroska': ['.mkv'],
  'video/webm': ['.webm'],
  'video/mp2t': ['.ts', '.mts', '.m2ts'],
  'video/x-msvideo': ['.avi'],
  'video/mpeg': ['.mpg', '.mpeg', '.vob'],
  'video/x-ms-wmv': ['.wmv', '.asf'],
  'video/x-flv': ['.flv'],
  'video/3gpp': ['.3gp'],
  'video/ogg': ['.ogv'],
};

/** Numbered pictures, loose or packed. */
const pictures: Record<string, string[]> = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'application/zip': ['.zip'],
};

/** The colours of the page, light; `index.html` names the dark ones, for which a manifest has no room. */
const canvas = '#f6f7f9';

/** What systems show of the installed app, and which files they hand it. */
export const webManifest: Options['manifest'] = {
  id: '/',
  name: 'ClearReel',
  short_name: 'ClearReel',
  description: 'Makes videos larger and clearer on your own machine. Nothing is uploaded.',
  lang: 'en',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  theme_color: canvas,
  background_color: canvas,
  categories: ['photo', 'utilities', 'multimedia'],
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
  ],
  // A running job must not be navigated away by the next file.
  launch_handler: { client_mode: ['focus-existing', 'auto'] },
  file_handlers: [{ action: '/', accept: { ...videos, ...pictures } }],
  share_target: {
    action: '/share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: {
      files: [{ name: 'files', accept: ['video/*', ...Object.keys(pictures)] }],
    },
  },
  shortcuts: [
    {
      name: 'History',
      url: '/#/history',
      icons: [{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' }],
    },
  ],
};
