import { type Clip, cached } from './clip.ts';
import { codecClips, legacyClips } from './codecs.ts';
import { colourClips } from './colour.ts';
import { pictureClips } from './pictures.ts';
import { realClips } from './real.ts';
import { shapeClips } from './shape.ts';
import { timingClips } from './timing.ts';
import { trackClips } from './tracks.ts';

export const clips: readonly Clip[] = [
  ...timingClips,
  ...shapeClips,
  ...colourClips,
  ...trackClips,
  ...codecClips,
  ...legacyClips,
  ...pictureClips,
  ...realClips,
];

const byName = new Map(clips.map((entry) => [entry.name, entry]));

/** Path of the named clip, made now if no earlier run made it. */
export async function clip(name: string): Promise<string> {
  const entry = byName.get(name);
  if (!entry)
    throw new Error(`No clip is named ${name}; there are ${[...byName.keys()].join(', ')}`);
  return cached(entry);
}
