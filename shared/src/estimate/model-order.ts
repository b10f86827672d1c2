import type { Choice, SourceFacts } from '../media/facts.ts';
import type { ModelEntry } from '../models/manifest.ts';
import { choice } from '../notices/notice.ts';

/** What kind of video it is, as far as it decides the model. */
export type ContentKind = 'compressed' | 'screen' | 'clean' | 'drawn';

/**
 * From the best to the lightest, as models/quality.json and docs/benchmarks.json measured them. On compressed film Reel
 * and Anime4K VL lead by turns, with a tenth of a decibel or two between them; on clean sources SPAN leads by more than
 * two, and Anime4K VL comes before Reel. Drawings were not measured: there the order is what the models are made for.
 */
const orders: Readonly<Record<ContentKind, readonly string[]>> = {
  compressed: ['reel-x2', 'anime4k-vl-x2', 'anime4k-s-x2'],
  screen: ['reel-x2', 'anime4k-vl-x2', 'anime4k-s-x2'],
  clean: ['span-x2', 'anime4k-vl-x2', 'anime4k-s-x2'],
  drawn: ['animevideov3-x2', 'anime4k-vl-x2', 'anime4k-s-x2'],
};

/** Codecs of editing and archiving, which keep nearly all of the picture. */
const cleanCodecs: ReadonlySet<string> = new Set([
  'prores',
  'dnxhd',
  'ffv1',
  'huffyuv',
  'utvideo',
  'rawvideo',
]);

/** Bits that H.264 has for a pixel where it loses hardly anything one could see; newer codecs need fewer. */
const cleanBitsPerPixel = 0.35;

/** A guess from the file's facts. Nothing in them tells drawings or screens from film. */
function guessKind({ bytes, durationSeconds, video }: SourceFacts): ContentKind {
  if (cleanCodecs.has(video.codec)) return 'clean';
  const pixels = video.width * video.height * video.averageFrameRate * durationSeconds;
  return pixels > 0 && (bytes * 8) / pixels > cleanBitsPerPixel ? 'clean' : 'compressed';
}

/** From the best for this source to the lightest. */
export function modelsFor(
  kind: ContentKind | undefined,
  facts: SourceFacts,
  all: readonly ModelEntry[],
): readonly ModelEntry[] {
  return orders[kind ?? guessKind(facts)].flatMap(
    (id) => all.find((model) => model.id === id) ?? [],
  );
}

const reasons = {
  compressed: 'MODEL_FOR_COMPRESSED',
  screen: 'MODEL_FOR_SCREEN',
  clean: 'MODEL_FOR_CLEAN',
  drawn: 'MODEL_FOR_DRAWN',
} as const;

export const whyModel = (
  kind: ContentKind | undefined,
  facts: SourceFacts,
  { id, name }: ModelEntry,
): Choice => choice(id, reasons[kind ?? guessKind(facts)], { model: name });
