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
  /** Until the model is ready. */
  readonly loadSeconds: number;
  /** Whether any of it is not measured on this machine. */
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
function computedMegapixels(size: Size, model: ModelEntry, maxTilePixels: number): number {
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
  const { facts, model, geometry, frames, spec } = job;
  const source = facts.video;
  const pixels = figures.pixels ?? typicalPixels;
  const sample = spec.enhance.reuse ? job.sample : null;
  const changedFrames = frames * (1 - (sample?.heldShare ?? 0));
  const changedShare = model ? 1 - (sample?.unchangedShare ?? 0) : 1;
  const computed = model ? changedShare * computedMegapixels(source, model, job.maxTilePixels) : 0;
  const figure = model ? modelFigure(figures, model, all) : null;
  const encoder = codecFigure(figures, job.encoderHost, spec.output.codec);
  const decoder = codecFigure(figures, facts.decoder.value, source.codec);
  // What was seen of this source may be too quick, since decoders work ahead of who waits for them.
  const decodeSecondsPerFrame = Math.max(
    job.sample?.decodeSecondsPerFrame ?? 0,
    megapixels(source) * decoder.decodeSecondsPerMegapixel,
  );
  return {
    inference: changedFrames * computed * (figure?.secondsPerMegapixel ?? 0),
    pixels:
      frames * megapixels(source) * pixels.loadSecondsPerMegapixel +
      changedFrames * pixelSecondsPerFrame(job, pixels, computed, changedShare),
    decode: frames * decodeSecondsPerFrame,
    encode: frames * megapixels(geometry) * encoder.encodeSecondsPerMegapixel,
    loadSeconds: figure?.loadSeconds ?? 0,
    isPredicted: !figures.pixels || (figure?.isPredicted ?? false),
  };
}

/** From the model's input to the result's frame, without the model. */
function pixelSecondsPerFrame(
  { facts: { video }, model, geometry, spec }: JobFacts,
  pixels: PixelFigures,
  computed: number,
  changedShare: number,
): number {
  const resample = (from: Size) =>
    from.width === geometry.width && from.height === geometry.height
      ? 0
      : resampleMegataps(from, geometry) * pixels.resampleSecondsPerMegatap;
  const emit = megapixels(geometry) * pixels.emitSecondsPerMegapixel;
  const plain = megapixels(video) * pixels.cutSecondsPerMegapixel + resample(video);
  if (!model) return plain + emit;
  const enlarged = { width: video.width * model.scale, height: video.height * model.scale };
  const paste = changedShare * megapixels(enlarged) * pixels.pasteSecondsPerMegapixel;
  const cut = computed * pixels.cutSecondsPerMegapixel;
  // Less than full strength mixes in the picture without the model.
  const blend =
    spec.enhance.strength < 100
      ? plain + megapixels(geometry) * pixels.pasteSecondsPerMegapixel
      : 0;
  return cut + paste + resample(enlarged) + blend + emit;
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
