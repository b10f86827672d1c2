/** What the page and the service worker must call the same. */

/** Large files of the build: runtimes and models. The small ones are in workbox's own cache. */
export const largeFileCache = 'clearreel-large-files';

/** Bytes of every large file of this build, by path. */
export const largeFileList = '/large-files.json';

/** Where the web app manifest sends what another app shares, and where the page then finds it. */
export const sharePath = '/share';
export const sharedPage = '/#/shared';

/** Held by each open page; the entry script after it says of which build the page is. */
export const pageLock = 'clearreel-page ';

/** Asks the service worker to forget what only other builds need. */
export const tidyMessage = 'TIDY';
