import type { TimeSpan } from '@clearreel/shared/media/source';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';

export type Codec = 'webcodecs' | 'ffmpeg';

export interface Timed {
  readonly frames: number;
  readonly seconds: number;
}

/** The parts of a job, each run with nothing beside it. Frames that `keep` or `enhance` made are encoded by `encode`. */
export interface PartCalls {
  /** From the opened source to the last frame. */
  decode(options: { decoder: Codec; span: TimeSpan }): Timed;
  /** The model alone on `count` tiles cut from the span's first frames; loading it is not counted. */
  infer(options: { model: string; span: TimeSpan; count: number }): Timed;
  /** Model and pixel work of decoded frames, as the job's enhance stage does it; decoding is not counted. */
  enhance(options: { spec: JobSpec }): Timed;
  /** Decodes the span and keeps the frames. */
  keep(options: { span: TimeSpan }): Timed;
  /** From a new encoder to the last packet. */
  encode(options: { spec: JobSpec; encoder: Codec; frameRate: number }): Timed;
}

export type PartName = keyof PartCalls;
export type PartOptions<Name extends PartName> = Parameters<PartCalls[Name]>[0];

export interface PartRequest<Name extends PartName = PartName> {
  readonly name: Name;
  readonly options: PartOptions<Name>;
  readonly file: File;
}

export type PartReply =
  | { readonly ok: true; readonly timed: Timed }
  | { readonly ok: false; readonly message: string };

/** What the page offers to the bench on its `globalThis`. */
export interface PartsPage {
  runPart?(name: PartName, options: unknown): Promise<Timed>;
}
