import type { BrowserContext, Page } from 'playwright';

/** Code that acts inside an engine worker. It is sent as text, so it must use nothing of its surroundings. */
export type Fault<Setting = undefined> = (setting: Setting) => void;

declare global {
  /** Only in a struck worker: whether frames are the job's own by now, and not those that an encoder is tried with. */
  function isJobFrame(): boolean;
}

/** A job's frames begin after its model is loaded. */
function watchForJobFrames(): void {
  let isModelLoaded = false;
  const { fetch } = globalThis;
  globalThis.fetch = (resource, options) => {
    isModelLoaded ||= String(resource instanceof Request ? resource.url : resource).includes(
      '.onnx',
    );
    return fetch(resource, options);
  };
  globalThis.isJobFrame = () => isModelLoaded;
}

/** Workers by what they are for, and how many of them are struck from now on. */
export interface Strikes {
  readonly worker: 'job' | 'any';
  readonly struck: number;
}

/** Each attempt at a job has a worker of its own. */
export const firstAttempt: Strikes = { worker: 'job', struck: 1 };
export const everyAttempt: Strikes = { worker: 'job', struck: Number.POSITIVE_INFINITY };
export const everyWorker: Strikes = { worker: 'any', struck: Number.POSITIVE_INFINITY };

const question = '/is-struck';

const isGone = (scope: Page | BrowserContext): boolean =>
  'pages' in scope ? scope.pages().length === 0 : scope.isClosed();

/** In the worker: asks whether this one is struck, and waits for the answer, so that nothing runs before. */
function isStruck(address: string): boolean {
  const request = new XMLHttpRequest();
  request.open('GET', `${address}?worker=${self.name}`, false);
  request.send();
  return request.responseText === 'yes';
}

/**
 * Puts a fault in front of the engine's own script, on its way from the server, so that it acts from the worker's
 * first moment and production code knows nothing of it. Removed by `lift`.
 */
export class EngineFault {
  readonly #scope: Page | BrowserContext;
  #struck = 0;

  private constructor(scope: Page | BrowserContext) {
    this.#scope = scope;
  }

  /** @param scope with a context the service worker gets, and keeps, the script with the fault. */
  static async install<Setting>(
    scope: Page | BrowserContext,
    fault: Fault<Setting>,
    setting: Setting,
    { worker, struck }: Strikes,
  ): Promise<EngineFault> {
    const installed = new EngineFault(scope);
    const act = `(${watchForJobFrames})();\n(${fault})(${JSON.stringify(setting)});`;
    const code = `if ((${isStruck})('${question}')) {\n${act}\n}\n`;
    await scope.route(`**${question}?*`, async (route) => {
      const name = new URL(route.request().url()).searchParams.get('worker');
      const isMeant = (worker === 'any' || name === worker) && installed.#struck < struck;
      if (isMeant) installed.#struck++;
      await route.fulfill({ body: isMeant ? 'yes' : 'no' });
    });
    await scope.route(engineScript, async (route) => {
      try {
        const response = await route.fetch();
        await route.fulfill({ response, body: code + (await response.text()) });
      } catch (error) {
        // A worker that starts while its page is closed needs no script.
        if (!isGone(scope)) throw error;
      }
    });
    return installed;
  }

  /** Workers that the fault has struck so far. */
  get struck(): number {
    return this.#struck;
  }

  async lift(): Promise<void> {
    await this.#scope.unroute(engineScript);
    await this.#scope.unroute(`**${question}?*`);
  }
}

/** Address of the engine worker's script in the built app. */
export const engineScript = /\/assets\/engine\.worker-[^/]+\.js$/;
