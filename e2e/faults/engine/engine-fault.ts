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

export interface Strikes {
  /** Workers started from now on that are spared before the first is struck, and how many are struck then. */
  readonly spared: number;
  readonly struck: number;
}

/** Picking a file starts a worker that inspects it; the next one makes the first attempt at the job. */
export const firstAttempt: Strikes = { spared: 1, struck: 1 };
export const everyAttempt: Strikes = { spared: 1, struck: Number.POSITIVE_INFINITY };
export const everyWorker: Strikes = { spared: 0, struck: Number.POSITIVE_INFINITY };

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
    { spared, struck }: Strikes,
  ): Promise<EngineFault> {
    const installed = new EngineFault(scope);
    const code = `(${watchForJobFrames})();\n(${fault})(${JSON.stringify(setting)});\n`;
    let started = 0;
    await scope.route(engineScript, async (route) => {
      const response = await route.fetch();
      const position = started++ - spared;
      const isStruck = 0 <= position && position < struck;
      if (isStruck) installed.#struck++;
      const script = await response.text();
      await route.fulfill({ response, body: isStruck ? code + script : script });
    });
    return installed;
  }

  /** Workers that the fault has struck so far. */
  get struck(): number {
    return this.#struck;
  }

  async lift(): Promise<void> {
    await this.#scope.unroute(engineScript);
  }
}

/** Address of the engine worker's script in the built app. */
export const engineScript = /\/assets\/engine\.worker-[^/]+\.js$/;
