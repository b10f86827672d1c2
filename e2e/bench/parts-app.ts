import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import appConfig from '../../vite.config.ts';
import { type AppSession, openApp } from '../driver/app-session.ts';
import type { PartName, PartOptions, PartsPage, Timed } from './parts/protocol.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const builtFolder = at('../../.cache/bench-app');

let built: Promise<unknown> | null = null;

/** The app's own Vite configuration, so that the parts are compiled as they are in the app. */
const buildOnce = () => {
  built ??= build({
    ...appConfig,
    configFile: false,
    // The parts have no view, and no service worker to build.
    plugins: [],
    root: at('./parts'),
    logLevel: 'error',
    build: { ...appConfig.build, outDir: builtFolder, emptyOutDir: true },
  });
  return built;
};

/** A page of the product's server, with its headers and threads, that runs one part of a job at a time. */
export class PartsApp {
  readonly #session: AppSession;

  private constructor(session: AppSession) {
    this.#session = session;
  }

  /** @param clipPath the file that all parts work on. */
  static async open(clipPath: string): Promise<PartsApp> {
    await buildOnce();
    const session = await openApp(builtFolder);
    await session.page.getByLabel('Video file').setInputFiles(clipPath);
    await session.page.waitForFunction(() => 'runPart' in globalThis);
    return new PartsApp(session);
  }

  run<Name extends PartName>(name: Name, options: PartOptions<Name>): Promise<Timed> {
    return this.#session.page.evaluate(
      ([partName, partOptions]) => {
        const { runPart } = globalThis as PartsPage;
        if (!runPart) throw new Error('the page of the parts did not start');
        return runPart(partName, partOptions);
      },
      [name, options] as const,
    );
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
