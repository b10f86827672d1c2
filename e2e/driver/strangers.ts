import type { Browser, BrowserContext } from 'playwright';

/** Origins that tests serve themselves. */
const own = new Set<string>();

export const isOwn = (url: string): void => void own.add(new URL(url).origin);

/** A page's own data needs no network. */
const withoutNetwork = new Set(['about:', 'blob:', 'data:', 'chrome-error:']);

/** How Chromium says that a policy stopped something before it became a request. */
const stopped = /'((?:https?|wss?):[^']+)' violates the following Content Security Policy/;

/**
 * Notes every request to another origin that anything in a browser makes: pages, frames, workers, service workers; of
 * pages also what their policy stops before it becomes a request.
 */
export class StrangerWatch {
  readonly #asked = new Set<string>();

  constructor(browser: Browser) {
    for (const context of browser.contexts()) this.#watch(context);
    browser.on('context', (context) => this.#watch(context));
  }

  /** Addresses asked for since the last call. */
  take(): string[] {
    const asked = [...this.#asked];
    this.#asked.clear();
    return asked;
  }

  #watch(context: BrowserContext): void {
    context.on('request', (request) => this.#note(request.url()));
    context.on('console', (message) => {
      const [, url] = stopped.exec(message.text()) ?? [];
      if (url) this.#note(url);
    });
    context.on('page', (page) => page.on('websocket', (socket) => this.#note(socket.url())));
  }

  #note(url: string): void {
    const { origin, protocol } = new URL(url);
    if (!own.has(origin) && !withoutNetwork.has(protocol)) this.#asked.add(url);
  }
}
