import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { openSource } from '../media/open-source.ts';
import type { ProbeMessage } from './probe-messages.ts';

/** Reads one file and says what it is. What a decoder does with a hostile file, it does to this process alone. */
async function probe(path: string): Promise<ProbeMessage> {
  try {
    const source = await openSource(path, '', {}, new AbortController().signal);
    return { facts: source.facts };
  } catch (error) {
    return { error: asClearReelError(error, 'SOURCE_UNREADABLE').toReport() };
  }
}

const message = await probe(process.argv[2] ?? '');
process.send?.(message, () => process.exit());
