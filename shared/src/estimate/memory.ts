import { planTiles } from '../tiles/plan.ts';
import type { JobFacts } from './job-facts.ts';

/** The runtime with its code, the codecs and their buffers that do not grow with the picture. */
const baseBytes = 90e6;

const floatBytes = 4;

/**
 * A tile's output as the model has it, as the page gets it, and those of earlier tiles that wait for the garbage
 * collector. Fitted to the memory of all browser processes, as are the frames in flight: 640×272 and 1280×720 with
 * three models came out within a quarter.
 */
const outputCopies = 9;
const inputCopies = 3;

/** Frames of 8-bit 4:2:0 on their way: in the decoder and before the model, behind it and in the encoder. */
const sourceFramesInFlight = 12;
const resultFramesInFlight = 12;
const frameBytesPerPixel = 1.5;

const rgbaBytesPerPixel = 4;
const rgbFloatBytesPerPixel = 3 * floatBytes;

/** Memory that a job takes at its peak beside the open page. */
export function jobMemoryBytes({ facts, model, geometry, maxTilePixels }: JobFacts): number {
  const { width, height } = facts.video;
  const sourcePixels = width * height;
  const resultPixels = geometry.width * geometry.height;
  const scale = model?.scale ?? 1;
  const enlargedPixels = sourcePixels * scale ** 2;
  const isFinal = enlargedPixels === resultPixels;
  // The enlarged picture; where it is resampled also the result's and what lies between the two passes.
  const between = rgbFloatBytesPerPixel * geometry.width * height * scale;
  const pictures =
    rgbFloatBytesPerPixel * (enlargedPixels + (isFinal ? 0 : resultPixels)) +
    (isFinal ? 0 : between);
  const frames =
    sourcePixels * (sourceFramesInFlight * frameBytesPerPixel + 2 * rgbaBytesPerPixel) +
    resultPixels * resultFramesInFlight * frameBytesPerPixel;
  return Math.round(baseBytes + pictures + frames + tileBytes());

  function tileBytes(): number {
    if (!model) return 0;
    const { inputWidth, inputHeight } = planTiles({
      ...{ width, height, maxInputPixels: maxTilePixels },
      halo: model.receptiveField,
      multipleOf: model.multipleOf,
    });
    const activations = model.peakValuesPerInputPixel * floatBytes;
    const ends = rgbFloatBytesPerPixel * (inputCopies + outputCopies * scale ** 2);
    return inputWidth * inputHeight * (activations + ends);
  }
}
