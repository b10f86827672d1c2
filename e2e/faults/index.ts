import { type Clip, cached } from '../clips/clip.ts';
import { broken } from './broken.ts';
import { headers } from './headers.ts';
import { strangers } from './strangers.ts';

/** Files that must be refused or survived, with a message. */
export const faults: readonly Clip[] = [...strangers, ...broken, ...headers].map((each) => ({
  ...each,
  name: `faults/${each.name}`,
}));

const byName = new Map(faults.map((each) => [each.name, each]));

/** Path of the named bad file, made now if no earlier run made it. */
export async function fault(name: string): Promise<string> {
  const entry = byName.get(`faults/${name}`);
  if (!entry)
    throw new Error(`No fault is named ${name}; there are ${[...byName.keys()].join(', ')}`);
  return cached(entry);
}
