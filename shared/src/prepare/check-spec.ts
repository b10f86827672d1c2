import { ClearReelError } from '../errors/clear-reel-error.ts';
import { requireCodec } from '../join/output-format.ts';
import type { SourceFacts } from '../media/facts.ts';
import type { MediaSource } from '../media/source.ts';
import { requireSaneSize } from '../media/video-facts.ts';
import type { ModelEntry } from '../models/manifest.ts';
import { type OutputGeometry, outputGeometry } from '../spec/geometry.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import { type ResultColour, resultColour } from '../spec/result-colour.ts';

/** What the rules for a spec ask of the host that is to run the job. */
export interface SpecHost {
  /** Decodes, enhances and encodes more than 8 bits. */
  readonly keepsDepth: boolean;
  readonly deinterlaces: boolean;
  /** @throws ClearReelError `MODEL_MISSING` */
  findModel(id: string): ModelEntry;
}

export interface CheckedSpec {
  readonly geometry: OutputGeometry;
  /** `null` where there is none for it. */
  readonly colour: ResultColour | null;
  /** In the order of the rules. */
  readonly problems: readonly ClearReelError[];
}

/** The rules of a job for which the facts of its source are enough: they can be asked before there is a job. */
export function checkSpec(facts: SourceFacts, spec: JobSpec, host: SpecHost): CheckedSpec {
  const problems: ClearReelError[] = [];
  const keeps = <T>(rule: () => T): T | null => {
    try {
      return rule();
    } catch (error) {
      if (!(error instanceof ClearReelError)) throw error;
      problems.push(error);
      return null;
    }
  };
  keeps(() => requireCodec(spec));
  keeps(() => requireWhole(spec, host));
  const colour = keeps(() => resultColour(facts.video, spec, host.keepsDepth));
  keeps(() => modelOf(spec, host));
  const geometry = geometryOf({ facts }, spec);
  keeps(() => requireSaneSize(geometry.width, geometry.height, { option: 'enhance.target' }));
  return { geometry, colour, problems };
}

/** @throws ClearReelError the first of the problems, as the job itself would */
export function requireSpec(facts: SourceFacts, spec: JobSpec, host: SpecHost): void {
  const [problem] = checkSpec(facts, spec, host).problems;
  if (problem) throw problem;
}

export const geometryOf = (
  { facts }: Pick<MediaSource, 'facts'>,
  { enhance, output }: JobSpec,
): OutputGeometry => outputGeometry(facts.video, enhance.target, output.codec);

/** `null` for resampling alone. */
export const modelOf = (
  { enhance }: JobSpec,
  { findModel }: Pick<SpecHost, 'findModel'>,
): ModelEntry | null => (enhance.model === 'none' ? null : findModel(enhance.model));

function requireWhole({ input }: JobSpec, { deinterlaces }: SpecHost): void {
  if (!input?.deinterlace || deinterlaces) return;
  throw new ClearReelError('DEINTERLACE_MISSING', { option: 'input.deinterlace' });
}
