import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { openSource } from '../media/open-source.ts';
import { answerOnce } from '../processes/ask-process.ts';
import type { ReaderAnswer, ReaderRequest } from './messages.ts';
import { pictureOf } from './picture.ts';

/** Reads one file for the process that started it. What a decoder does with a hostile file, it does to this one alone. */
async function read(
  { path, picture, framesPerSecond }: ReaderRequest,
  gotOn: () => void,
): Promise<ReaderAnswer> {
  const { signal } = new AbortController();
  try {
    const source = await openSource(path, '', { framesPerSecond }, signal, gotOn);
    return {
      facts: source.facts,
      picture: picture && (await pictureOf(source, picture, signal)),
    };
  } catch (error) {
    return { error: asClearReelError(error, 'SOURCE_UNREADABLE').toReport() };
  }
}

answerOnce(read);
