import { join } from 'node:path';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { requireSpec } from '@clearreel/shared/prepare/check-spec';
import { formatBytes } from '@clearreel/shared/progress/format';
import { isMatroska } from '@clearreel/shared/spec/containers';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { type FinishedRun, runJob } from '../engine/run-job.ts';
import { sourceVersion } from '../engine/source-version.ts';
import { specHost } from '../engine/spec-host.ts';
import { readPlan } from '../engine/work-folder.ts';
import type { ServerProvider } from '../inference/provider.ts';
import { lockFolder } from '../jobs/store-lock.ts';
import { openSource } from '../media/open-source.ts';
import type { SourcePath } from '../media/source-path.ts';
import { isPipe, nameOf, sourcePathOf, spool } from './inputs.ts';
import { checkOutput, deliver } from './output-file.ts';
import { hasParts, leftParts, openPartsFolder, removePartsFolder } from './parts-folder.ts';
import type { Reporter } from './reporter.ts';
import { type SpecOptions, specFor } from './spec-options.ts';
import { UsageError } from './usage.ts';

export interface EnhanceArguments {
  /** Path of a file, or of a folder of pictures; those of several pictures; or `-` for standard input. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly options: SpecOptions;
  readonly providers: readonly ServerProvider[];
  readonly force: boolean;
}

/** The parts go once the output is there; after anything else those of files stay, to go on from. */
export async function enhance(
  given: EnhanceArguments,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const { inputs, output, options, force } = given;
  const sourcePath = isPipe(inputs) ? null : await sourcePathOf(inputs);
  if (output !== '-') await checkOutput(inputs, output, options.container, force);
  const isKept = isRepeatable(given);
  const parts = await openPartsFolder(output, isKept);
  const unlock = await lockFolder(parts.path).catch((error: unknown) => {
    const isBusy = error instanceof ClearReelError && error.code === 'STORE_BUSY';
    throw isBusy ? new UsageError(`another clearreel is making ${output}`) : error;
  });
  let isDone = false;
  try {
    await enhanceIn(parts.path, sourcePath, given, reporter, signal);
    isDone = true;
  } finally {
    await unlock();
    if (isDone || !isKept || !(await hasParts(parts.path))) await removePartsFolder(parts);
  }
}

type Ends = Pick<EnhanceArguments, 'inputs' | 'output'>;

/** Whether the same call may go on where this one was interrupted: what came through a pipe is gone by then. */
const isRepeatable = ({ inputs, output }: Ends): boolean => !isPipe(inputs) && output !== '-';

/** Whether the same call goes on where this one ended. */
export const goesOn = async (given: Ends): Promise<boolean> =>
  isRepeatable(given) && (await leftParts(given.output));

async function enhanceIn(
  work: string,
  listedPath: SourcePath | null,
  { inputs, output, options, providers, force }: EnhanceArguments,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const startMs = performance.now();
  const sourcePath = listedPath ?? (await spool(work, signal));
  const sourceName = nameOf(inputs);
  const spec = await readSpec(sourcePath, sourceName, options, output, signal);
  requirePipe(spec, output);
  if ((await hasParts(work)) && (await readPlan(work, spec, await sourceVersion(sourcePath)))) {
    reporter.say('resumed', 'Going on with what an earlier call has done.');
  }
  const resultFolder = join(work, 'result');
  const finished = await runJob({
    ...{ sourcePath, sourceName, spec, resultFolder, providers, signal },
    workFolder: work,
    onProgress: (progress) => reporter.progress(progress),
    onSegment: async () => {},
  });
  const sideFiles = await deliver(finished.result, resultFolder, output, force);
  for (const each of finished.notices) reporter.notice(each);
  sayDone(finished, output, sideFiles, (performance.now() - startMs) / 1000, reporter);
}

function sayDone(
  { result, frameCount, provider, encoder, stageSeconds }: FinishedRun,
  output: string,
  sideFiles: readonly string[],
  seconds: number,
  reporter: Reporter,
): void {
  const { bytes } = result;
  const size = `${frameCount} frames, ${formatBytes(bytes)}, ${seconds.toFixed(1)} s`;
  const name = output === '-' ? 'standard output' : output;
  reporter.say('done', `${name}: ${size}. ${provider.reason}`, {
    ...{ output, bytes, frames: frameCount, seconds, sideFiles },
    ...{ provider, encoder, stageSeconds },
  });
}

async function readSpec(
  sourcePath: SourcePath,
  sourceName: string,
  options: SpecOptions,
  output: string,
  signal: AbortSignal,
): Promise<JobSpec> {
  const source = await openSource(sourcePath, sourceName, {}, signal);
  try {
    const spec = specFor(options, output, source.facts);
    requireSpec(source.facts, spec, specHost(source.facts));
    return spec;
  } finally {
    source.dispose();
  }
}

/** MP4 and MOV have their index at the end, where nobody who reads a pipe can begin. */
function requirePipe({ output: { container } }: JobSpec, output: string): void {
  if (output !== '-' || isMatroska(container)) return;
  throw new UsageError(`${container} cannot go through a pipe; use --container mkv or webm`);
}
