import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StageSeconds } from '@clearreel/shared/pipeline/progress';

/** What a part was measured on; each part has its own, since parts can be measured alone. */
export interface Machine {
  readonly cores: number;
  readonly browser: string;
  /** Absent in figures of before the server was measured. */
  readonly node?: string;
}

/** Seconds are medians of the repeats. */
export interface OverheadFigures {
  readonly clip: string;
  readonly model: string;
  readonly frames: number;
  readonly repeats: number;
  /** In the browser from the click on Start to the result on the page. */
  readonly jobSeconds: number;
  readonly decodeSeconds: number;
  readonly inferenceSeconds: number;
  readonly encodeSeconds: number;
  readonly ratio: number;
  /** Lowest and highest ratio of one repeat. */
  readonly ratioRange: readonly [number, number];
}

export interface OverheadCase extends OverheadFigures {
  /** Pixel work and inference of the same frames in one stage alone, the difference being the pixel work. */
  readonly enhanceSeconds: number;
  /** What the job's own report says. */
  readonly reportedSeconds: number;
  readonly reportedInferenceSeconds: number;
  readonly stageSeconds: StageSeconds;
}

export interface MemoryOfClip {
  readonly clip: string;
  readonly seconds: number;
  readonly idleBytes: number;
  readonly peakBytes: number;
}

export interface MemoryFigures {
  readonly model: string;
  readonly repeats: number;
  readonly short: MemoryOfClip;
  readonly long: MemoryOfClip;
  readonly ratio: number;
}

export interface ReuseCase {
  readonly clip: string;
  readonly model: string;
  readonly repeats: number;
  readonly frames: number;
  readonly reusedFrames: number;
  readonly tiles: number;
  readonly reusedTiles: number;
  readonly withSeconds: number;
  readonly withoutSeconds: number;
  readonly jobRatio: number;
  readonly inferenceRatio: number;
}

export interface CodecComparison {
  readonly clip: string;
  readonly frames: number;
  readonly webcodecsFramesPerSecond: number;
  readonly ffmpegFramesPerSecond: number;
  readonly ratio: number;
}

export interface CodecFigures {
  readonly decode: CodecComparison;
  readonly encode: CodecComparison;
}

export interface PreviewFigures {
  readonly clip: string;
  readonly repeats: number;
  /** From the file's arrival to its first enhanced picture; in this and the next, medians. */
  readonly seconds: number;
  readonly modelSeconds: number;
  /** Of one repeat each: the whole less the model. */
  readonly overheadSeconds: number;
  readonly overheadRange: readonly [number, number];
}

/** A history of many jobs; medians. */
export interface HistoryFigures {
  readonly jobs: number;
  readonly repeats: number;
  /** From the address to its cards on the screen. */
  readonly openSeconds: number;
  readonly filterSeconds: number;
}

export interface ApiFigures {
  readonly jobs: number;
  readonly requests: number;
  readonly listP95Ms: number;
  readonly showP95Ms: number;
  readonly createP95Ms: number;
  readonly clients: number;
  readonly requestsOfClients: number;
  readonly failedOfClients: number;
  readonly clientsP95Ms: number;
}

export interface UploadFigures {
  readonly bytes: number;
  readonly repeats: number;
  readonly megabytesPerSecond: number;
  /** `cp` and `sync` of the same file, on the same disk and in turns. */
  readonly copyMegabytesPerSecond: number;
  /** Of a tenth of the file, and of all of it: the highest that the server's memory rose to. */
  readonly tenthPeakBytes: number;
  readonly peakBytes: number;
}

export interface Score {
  readonly psnrDb: number;
  readonly ssim: number;
}

export interface QualityCase {
  readonly factor: number;
  readonly source: 'clean' | 'x264 CRF 23';
  /** By method, means over the clips. */
  readonly means: Readonly<Record<string, Score>>;
  readonly byClip: Readonly<Record<string, Readonly<Record<string, Score>>>>;
}

export interface QualityFigures {
  readonly framesPerClip: number;
  readonly cases: readonly QualityCase[];
}

export interface Figures {
  readonly overhead: readonly OverheadCase[];
  readonly memory: MemoryFigures;
  readonly reuse: readonly ReuseCase[];
  readonly codecs: CodecFigures;
  readonly preview: PreviewFigures;
  readonly history: HistoryFigures;
  readonly serverOverhead: OverheadFigures;
  readonly workerMemory: MemoryFigures;
  readonly api: ApiFigures;
  readonly upload: UploadFigures;
  readonly quality: QualityFigures;
}

export type PartOfBench = keyof Figures;

export type Measured = {
  readonly [Part in PartOfBench]?: { readonly machine: Machine; readonly figures: Figures[Part] };
};

const path = fileURLToPath(new URL('../../docs/benchmarks.json', import.meta.url));

export const readMeasured = (): Measured =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};

export function writeMeasured(measured: Measured): void {
  writeFileSync(path, `${JSON.stringify(measured, null, 2)}\n`);
}

export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));
