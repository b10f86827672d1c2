import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { readConfig } from '../config/read-config.ts';
import { measureModels } from '../estimate/measure.ts';
import { chooseProvider } from '../inference/choose-provider.ts';
import { models } from '../inference/models.ts';
import { providerNames, type ServerProvider } from '../inference/provider.ts';

export interface BenchArguments {
  readonly providers: readonly ServerProvider[];
  readonly again: boolean;
  readonly isJson: boolean;
}

/** Measures every model on every provider of the list that works here; what is known already is told at once. */
export async function bench(
  { providers, again, isJson }: BenchArguments,
  signal: AbortSignal,
): Promise<void> {
  const { dataFolder } = readConfig(process.env);
  const tell = (line: object, words: string) =>
    process.stdout.write(`${isJson ? JSON.stringify(line) : words}\n`);
  for (const provider of providers) {
    try {
      await chooseProvider([provider]);
    } catch (error) {
      if (!(error instanceof ClearReelError)) throw error;
      tell({ provider, error: error.toReport() }, error.message);
      continue;
    }
    await measureModels({
      ...{ provider, models, dataFolder, again, signal },
      onFigure({ id }, { secondsPerMegapixel, loadSeconds }) {
        const ms = Math.round(1000 * secondsPerMegapixel);
        const words = `${providerNames[provider].padEnd(7)} ${id.padEnd(18)} ${String(ms).padStart(6)} ms per megapixel of source`;
        tell({ provider, model: id, secondsPerMegapixel, loadSeconds }, words);
      },
    });
  }
}
