import type { Backend } from '@clearreel/shared/enhance/backend';
import type { EncoderSettings } from '@clearreel/shared/media/encoder';
import type { Choice } from '@clearreel/shared/media/facts';
import { chooseProvider } from '../inference/choose-provider.ts';
import type { ServerProvider } from '../inference/provider.ts';
import { type KeptInference, keepInference, openBackend } from './backend.ts';
import { runAttempts } from './run-attempts.ts';
import type { FinishedRun, RunJobOptions } from './run-options.ts';

const noHandles: ReturnType<Backend['live']> = { sources: 0, tiles: 0, pictures: 0 };

/** Where jobs run: what was found out of this machine, and the model of the last job, are kept for the next. */
export class Engine {
  readonly #choices = new Map<string, Promise<Choice<ServerProvider>>>();
  #inference: KeptInference | null = null;
  #unreleased = noHandles;
  #isInUse = false;

  /** One job at a time. @throws ClearReelError */
  async runJob(options: RunJobOptions): Promise<FinishedRun> {
    if (this.#isInUse) throw new Error('an engine runs one job at a time');
    this.#isInUse = true;
    try {
      return await runAttempts(options, {
        open: (providers, settings) => this.#open(providers, settings),
        drop: () => this.release(),
      });
    } finally {
      this.#isInUse = false;
    }
  }

  /** The first of the providers that works here, found out once. */
  choose(providers: readonly ServerProvider[]): Promise<Choice<ServerProvider>> {
    const key = providers.join();
    const known = this.#choices.get(key);
    if (known) return known;
    const choosing = chooseProvider(providers);
    this.#choices.set(key, choosing);
    // What does not work now may work later.
    choosing.catch(() => this.#choices.delete(key));
    return choosing;
  }

  /** Frees models and the GPU's memory; the next job takes them again. */
  async release(): Promise<void> {
    const inference = this.#inference;
    this.#inference = null;
    await inference?.host.dispose();
  }

  /** Handles that the last job did not release before it ended, for the leak test. */
  get unreleased(): ReturnType<Backend['live']> {
    return this.#unreleased;
  }

  async #open(
    providers: readonly ServerProvider[],
    settings: EncoderSettings,
  ): Promise<Backend<ServerProvider>> {
    const provider = await this.choose(providers);
    if (this.#inference?.provider.value !== provider.value) await this.release();
    this.#inference ??= keepInference(provider);
    const backend = openBackend(this.#inference, settings);
    return {
      ...backend,
      dispose: () => {
        this.#unreleased = backend.live();
        return backend.dispose();
      },
    };
  }
}
