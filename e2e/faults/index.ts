import { type Clip, cached } from '../clips/clip.ts';
import { broken, unbroken } from './broken.ts';
import { headers } from './headers.ts';
import { sequences } from './sequences.ts';
import { strangers } from './strangers.ts';

/** Files that must be refused or survived, with a message. */
export const faults: readonly Clip[] = [
  ...[...strangers, ...broken, ...headers, ...sequences].map((each) => within('faults', each)),
  ...unbroken.map((each) => within('unbroken', each)),
];

function within(folder: string, each: Clip): Clip {
  return { ...each, name: `${folder}/${each.name}` };
}

const byName = new Map(faults.map((each) => [each.name, each]));

/** Path of the named bad file, made now if no earlier run made it. */
export const fault = (name: string): Promise<string> => made(`faults/${name}`);

/** Path of the named bad file as it was before it was damaged. */
export const beforeFault = (name: string): Promise<string> => made(`unbroken/${name}`);

async function made(name: string): Promise<string> {
  const entry = byName.get(name);
  if (!entry)
    throw new Error(`No fault is named ${name}; there are ${[...byName.keys()].join(', ')}`);
  return cached(entry);
}
