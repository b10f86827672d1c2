import { clientsClaim } from 'workbox-core';
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import {
  largeFileCache,
  largeFileList,
  pageLock,
  sharedPage,
  sharePath,
  tidyMessage,
} from './names.ts';
import { forgetOldShares, putShared } from './share-inbox.ts';

declare const self: ServiceWorkerGlobalScope;

const shell = new PrecacheController();
shell.addToCacheList(self.__WB_MANIFEST);

/** Whether a page of another build is open: it still loads files that this build does not have. */
async function servesOtherBuilds(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held
    .flatMap(({ name }) => (name?.startsWith(pageLock) ? [name.slice(pageLock.length)] : []))
    .some((entryScript) => shell.getCacheKeyForURL(entryScript) === undefined);
}

async function tidy(event: ExtendableEvent): Promise<void> {
  if (await servesOtherBuilds()) return;
  await shell.activate(event);
  const list = await shell.matchPrecache(largeFileList);
  if (!list) return;
  const current = new Set(Object.keys(await list.json()));
  const cache = await caches.open(largeFileCache);
  for (const { url } of await cache.keys()) {
    if (!current.has(new URL(url).pathname)) await cache.delete(url);
  }
}

/** Whatever goes wrong, the page opens and says that nothing came; an answer with an error would end the app. */
async function receiveShare(request: Request): Promise<Response> {
  try {
    await forgetOldShares();
    const form = await request.formData();
    await putShared(form.getAll('files').filter((entry) => entry instanceof File));
  } catch (error) {
    console.error('The shared files could not be kept.', error);
  }
  return Response.redirect(sharedPage, 303);
}

self.addEventListener('install', (event) => void shell.install(event));
self.addEventListener('activate', (event) => event.waitUntil(tidy(event)));
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
  if (event.data?.type === tidyMessage) event.waitUntil(tidy(event));
});
clientsClaim();

// Any search: `/?source=…` is the same document.
registerRoute(new PrecacheRoute(shell, { ignoreURLParametersMatching: [/./] }));
// Large files of this build, and everything of another build whose page is still open. Only read: pages put them in,
// so that the time limit of a service worker's event never cuts a slow download short.
registerRoute(
  ({ sameOrigin, url }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) =>
    (await caches.match(request.url, { ignoreVary: true })) ?? (await fetch(request)),
);
registerRoute(
  ({ sameOrigin, url }) => sameOrigin && url.pathname === sharePath,
  ({ request }) => receiveShare(request),
  'POST',
);
