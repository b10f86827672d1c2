import type { Size } from '../frameops/contract.ts';
import type { ModelEntry } from '../models/manifest.ts';
import { planTiles } from '../tiles/plan.ts';
import {
  type CodecFigure,
  codecKey,
  type Figures,
  modelCores,
  modelFigure,
  type PixelFigures,
} from './figures.ts';
import type { JobFacts } from './job-facts.ts';
import { resampleMegataps } from './pixel-work.ts';

/** Seconds of a whole job's frames, each kind of work alone. */
export interface WorkSeconds {
  readonly inference: number;
  /** Pixel work around the model. */
  readonly pixels: number;
  readonly decode: number;
  readonly encode: number;
  readonly isPredicted: boolean;
}

/** A slow laptop's, for the moment until they are measured. */
const typicalPixels: PixelFigures = {
  loadSecondsPerMegapixel: 0.015,
  cutSecondsPerMegapixel: 0.004,
  pasteSecondsPerMegapixel: 0.005,
  emitSecondsPerMegapixel: 0.007,
  resampleSecondsPerMegatap: 0.006,
};

const typicalCodec: CodecFigure = {
  encodeSecondsPerMegapixel: 0.02,
  decodeSecondsPerMegapixel: 0.005,
};

/** ffmpeg.wasm over WebCodecs, as `npm run bench` measured them. */
const ffmpegSlowdown = { encode: 12, decode: 7 };

const megapixels = ({ width, height }: Size): number => (width * height) / 1e6;

function codecFigure({ codecs }: Figures, host: string, codec: string): CodecFigure {
  const own = codecs[codecKey(host, codec)];
  if (own) return own;
  const web = codecs[codecKey('webcodecs', codec)] ?? typicalCodec;
  if (host === 'webcodecs') return web;
  return {
    encodeSecondsPerMegapixel: web.encodeSecondsPerMegapixel * ffmpegSlowdown.encode,
    decodeSecondsPerMegapixel: web.decodeSecondsPerMegapixel * ffmpegSlowdown.decode,
  };
}

/** Input pixels that the model computes for a frame of which nothing is known before: the halos count. */
export function computedMegapixels(size: Size, model: ModelEntry, maxTilePixels: number): number {
  const { tiles, inputWidth, inputHeight } = planTiles({
    width: size.width,
    height: size.height,
    halo: model.receptiveField,
    multipleOf: model.multipleOf,
    maxInputPixels: maxTilePixels,
  });
  return (tiles.length * inputWidth * inputHeight) / 1e6;
}

/** What each kind of work of a job's frames would take alone. */
export function workSeconds(
  job: JobFacts,
  figures: Figures,
  all: readonly ModelEntry[],
): WorkSeconds {
  const { facts, model, geometry, frames, sample, spec } = job;
  const source = facts.video;
  const pixels = figures.pixels ?? typicalPixels;
  const reuse = spec.enhance.reuse && sample ? sample : { heldShare: 0, unchangedShare: 0 };
  const changedFrames = frames * (1 - reuse.heldShare);
  const changedShare = model ? 1 - reuse.unchangedShare : 1;
  const enlarged = model
    ? { width: source.width * model.scale, height: source.height * model.scale }
    : source;
  const computed = model ? computedMegapixels(source, model, job.maxTilePixels) : 0;
  const isFinal = enlarged.width === geometry.width && enlarged.height === geometry.height;
  const pixelsPerFrame =
    changedShare * (model ? computed : megapixels(source)) * pixels.cutSecondsPerMegapixel +
    (model ? changedShare * megapixels(enlarged) * pixels.pasteSecondsPerMegapixel : 0) +
    (isFinal ? 0 : resampleMegataps(enlarged, geometry) * pixels.resampleSecondsPerMegatap) +
    megapixels(geometry) * pixels.emitSecondsPerMegapixel;
  const figure = model ? modelFigure(figures, model, all) : null;
  const encoder = codecFigure(figures, job.encoderHost, spec.output.codec);
  const decoder = codecFigure(figures, facts.decoder.value, source.codec);
  return {
    inference: changedFrames * changedShare * computed * (figure?.secondsPerMegapixel ?? 0),
    pixels:
      frames * megapixels(source) * pixels.loadSecondsPerMegapixel + changedFrames * pixelsPerFrame,
    decode:
      frames *
      (sample?.decodeSecondsPerFrame ?? megapixels(source) * decoder.decodeSecondsPerMegapixel),
    encode: frames * megapixels(geometry) * encoder.encodeSecondsPerMegapixel,
    isPredicted: !figures.pixels || (figure?.isPredicted ?? false),
  };
}

/**
 * Seconds of all frames with the stages side by side: no less than the slowest stage, and no less than the cores have
 * to do. The model and the pixel work follow each other; decoders and encoders have threads of their own, but on the
 * CPU they take from the cores that the model would have.
 */
export function overlappedSeconds(
  { inference, pixels, decode, encode }: WorkSeconds,
  figures: Figures,
): number {
  const enhance = inference + pixels;
  const onCores = (inference * modelCores(figures) + pixels + decode + encode) / figures.cores;
  return Math.max(enhance, decode, encode, onCores);
}
