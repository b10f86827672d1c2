import { parseArgs } from 'node:util';
import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import packageFacts from '../../package.json' with { type: 'json' };
import { codeOf } from '../storage/disk-error.ts';
import { bench } from './bench.ts';
import { enhance, goesOn } from './enhance.ts';
import { interruptible, isInterrupted } from './interruption.ts';
import { listModels } from './models.ts';
import { providersOf } from './providers.ts';
import { JsonReporter, PlainReporter, type Reporter } from './reporter.ts';
import { exitCodes, UsageError, usage } from './usage.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const specOptions = {
  ...{ spec: text, model: text, factor: text, size: text, box: text, strength: text },
  ...{ codec: text, container: text, quality: text, trim: text, fps: text, hdr: text },
  ...{ deinterlace: flag, 'no-audio': flag },
};

async function runEnhance(args: string[], signal: AbortSignal): Promise<void> {
  const options = { ...specOptions, provider: text, force: flag, json: flag };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [inputs, output] = [positionals.slice(0, -1), positionals.at(-1)];
  if (inputs.length === 0 || !output || inputs.includes('')) {
    throw new UsageError('enhance needs INPUT and OUTPUT');
  }
  if (values.json && output === '-') throw new UsageError('--json and OUTPUT - exclude each other');
  if (output === '-' && process.stdout.isTTY) {
    throw new UsageError('OUTPUT - is for files and programs; a terminal shows no videos');
  }
  const reporter: Reporter = values.json ? new JsonReporter() : new PlainReporter();
  const { provider, force = false, json: _, ...spec } = values;
  try {
    await enhance(
      { inputs, output, options: spec, providers: providersOf(provider), force },
      reporter,
      signal,
    );
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (isInterrupted(signal)) {
      const more = (await goesOn({ inputs, output })) ? ' The same call goes on from here.' : '';
      reporter.say('interrupted', `Interrupted.${more}`);
      process.exitCode = exitCodes.interrupted;
    } else {
      const failure = asClearReelError(signal.aborted ? signal.reason : error);
      reporter.error(failure.toReport());
      const isInOptions = failure.detail.option !== undefined;
      process.exitCode = isInOptions ? exitCodes.usage : exitCodes.failed;
    }
  }
}

async function runBench(args: string[], signal: AbortSignal): Promise<void> {
  const options = { provider: text, again: flag, json: flag };
  const { provider, again = false, json = false } = parseArgs({ args, options }).values;
  try {
    await bench({ providers: providersOf(provider), again, isJson: json }, signal);
  } catch (error) {
    if (!isInterrupted(signal)) throw error;
    process.exitCode = exitCodes.interrupted;
  }
}

async function serve(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { host: text, port: text } });
  if (values.host !== undefined) process.env.HOST = values.host;
  if (values.port !== undefined) process.env.PORT = values.port;
  await import('../main.ts');
}

const isHelp = (argument: string) => argument === '--help' || argument === '-h';

async function main([command, ...args]: string[]): Promise<void> {
  if (command === '--version') return void console.log(packageFacts.version);
  if (command === undefined || command === 'help' || [command, ...args].some(isHelp)) {
    console.log(usage);
    process.exitCode = command === undefined ? exitCodes.usage : exitCodes.done;
    return;
  }
  switch (command) {
    case 'enhance':
      return runEnhance(args, interruptible());
    case 'models':
      return listModels(parseArgs({ args, options: { json: flag } }).values.json ?? false);
    case 'bench':
      return runBench(args, interruptible());
    case 'serve':
      return serve(args);
    default:
      throw new UsageError(`there is no command '${command}'`);
  }
}

// Whoever reads along may have read enough, as `head` has.
process.stdout.on('error', (error) => {
  if (codeOf(error) !== 'EPIPE') process.exitCode = exitCodes.failed;
});

const isUsageError = (error: unknown): error is Error =>
  error instanceof UsageError ||
  (error instanceof TypeError &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS'));

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof ClearReelError) {
    const { code, message, todo } = error;
    console.error(`${message} ${todo} (${code})`);
    process.exit(exitCodes.failed);
  }
  if (!isUsageError(error)) throw error;
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ event: 'error', code: 'USAGE', message: error.message }));
  } else console.error(`${error.message}\n('clearreel --help' lists all options.)`);
  process.exitCode = exitCodes.usage;
}
