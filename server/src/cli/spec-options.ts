import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { reasonOf } from '@clearreel/shared/errors/clear-reel-error';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import { type JobSpec, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { proposeSpec } from '@clearreel/shared/spec/propose';
import { UsageError } from './usage.ts';

/** Options of `enhance` that say something about the result, as parsed: all texts. */
export interface SpecOptions {
  readonly spec?: string | undefined;
  readonly model?: string | undefined;
  readonly factor?: string | undefined;
  readonly size?: string | undefined;
  readonly box?: string | undefined;
  readonly strength?: string | undefined;
  readonly codec?: string | undefined;
  readonly container?: string | undefined;
  readonly quality?: string | undefined;
  readonly trim?: string | undefined;
  readonly fps?: string | undefined;
  readonly hdr?: string | undefined;
  readonly deinterlace?: boolean | undefined;
  readonly 'no-audio'?: boolean | undefined;
}

function number(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new UsageError(`--${option} must be a number, not '${text}'`);
  }
  return value;
}

/** `62.5`, `1:02.5` or `0:01:02.5`. */
function seconds(text: string): number {
  const parts = text.split(':');
  if (parts.length > 3) throw new UsageError(`--trim: '${text}' is not a time`);
  return parts.reduce((sum, part) => 60 * sum + number('trim', part), 0);
}

function trimOf(text: string): unknown {
  const [from, to, ...more] = text.split('-');
  if (from === undefined || to === undefined || more.length > 0) {
    throw new UsageError(`--trim must be FROM-TO, not '${text}'`);
  }
  return {
    ...(from !== '' && { startSeconds: seconds(from) }),
    ...(to !== '' && { endSeconds: seconds(to) }),
  };
}

function targetOf({ factor, size, box }: SpecOptions): unknown {
  const given = [factor, size, box].filter((each) => each !== undefined);
  if (given.length > 1) throw new UsageError('only one of --factor, --size and --box may be given');
  if (factor !== undefined) return { kind: 'factor', factor: number('factor', factor) };
  if (box !== undefined) return { kind: 'box', box };
  if (size === undefined) return undefined;
  const [, width, height] = /^(\d*)x(\d*)$/.exec(size) ?? [];
  if (!width && !height) throw new UsageError(`--size must be WxH, Wx or xH, not '${size}'`);
  return {
    kind: 'size',
    ...(width && { width: Number(width) }),
    ...(height && { height: Number(height) }),
  };
}

/** JSON itself, or the name of a file with it. */
function readSpec(text: string): JobSpec {
  const json = text.trimStart().startsWith('{') ? text : readText(text);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new UsageError(`--spec is not JSON: ${reasonOf(error)}`);
  }
  return parseJobSpec(value);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`--spec: ${reasonOf(error)}`);
  }
}

const containerOf = (output: string) =>
  output === '-' ? undefined : extname(output).slice(1).toLowerCase() || undefined;

/**
 * The job for a source: what the app would propose, or `--spec`, changed by the options and the type of OUTPUT.
 * @throws ClearReelError `SPEC_INVALID`
 */
export function specFor(options: SpecOptions, output: string, facts: SourceFacts): JobSpec {
  const base = options.spec === undefined ? proposeSpec(facts) : readSpec(options.spec);
  const { model, strength, quality, codec, hdr, trim, fps, deinterlace } = options;
  if (fps !== undefined && facts.container !== 'images') {
    throw new UsageError('--fps is for pictures; videos have their own times');
  }
  const target = targetOf(options);
  const stated = options.container ?? containerOf(output);
  const container = stated ?? (options.spec === undefined ? 'mkv' : base.output.container);
  const isOtherWorld = (container === 'webm') !== (base.output.container === 'webm');
  const usualCodec = container === 'webm' ? 'vp9' : 'avc';
  return parseJobSpec({
    ...base,
    ...(trim !== undefined && { trim: trimOf(trim) }),
    ...((deinterlace || fps !== undefined) && {
      input: {
        ...base.input,
        ...(deinterlace && { deinterlace }),
        ...(fps !== undefined && { framesPerSecond: number('fps', fps) }),
      },
    }),
    enhance: {
      ...base.enhance,
      ...(model !== undefined && { model }),
      ...(target !== undefined && { target }),
      ...(strength !== undefined && { strength: number('strength', strength) }),
    },
    output: {
      ...base.output,
      container,
      codec: codec ?? (isOtherWorld ? usualCodec : base.output.codec),
      ...(quality !== undefined && { quality: number('quality', quality) }),
      ...(hdr !== undefined && { hdr }),
      ...(options['no-audio'] && { audio: 'none' }),
    },
  });
}
