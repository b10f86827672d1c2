import { fileURLToPath } from 'node:url';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import { because } from '@clearreel/shared/notices/reasons';
import { Semaphore } from 'async-mutex';
import { fileTypeFromFile } from 'file-type';
import { askProcess } from '../processes/ask-process.ts';
import type { Picture, PictureWish, ReaderAnswer, ReaderRequest } from './messages.ts';

/** Without a sign that reading gets on: a large file without an index is read from end to end. */
const timeoutMs = 120_000;

const program = fileURLToPath(new URL('./reader.process.ts', import.meta.url));

/** One for each core would leave none to those that work. */
const atOnce = new Semaphore(2);

/** Families of types that no video is in, whatever the file is called; a ZIP may hold the pictures of one. */
const otherThings =
  /^(application\/(?!mxf|mp4|ogg|zip$|vnd\.(ms-asf|rn-realmedia))|audio\/(?!mp4|ogg|x-ms-wma)|font\/|image\/|model\/|text\/)/;

async function refuseOtherThings(path: string): Promise<void> {
  const type = await fileTypeFromFile(path);
  if (type && otherThings.test(type.mime)) {
    throw new ClearReelError('UPLOAD_NOT_VIDEO', { type: type.mime });
  }
}

async function ask(request: ReaderRequest): Promise<Exclude<ReaderAnswer, { error: unknown }>> {
  const answer = await atOnce.runExclusive(() =>
    askProcess<ReaderAnswer>(request, { program, timeoutMs }),
  );
  if (!answer) throw new ClearReelError('SOURCE_UNREADABLE', { reason: because('READER_DIED') });
  if ('error' in answer) throw ClearReelError.fromReport(answer.error);
  return answer;
}

/**
 * What a file is by its content, read in a process of its own.
 * @throws ClearReelError with the code of what is wrong with it.
 */
export async function probeFile(path: string): Promise<SourceFacts> {
  await refuseOtherThings(path);
  return (await ask({ path, picture: null })).facts;
}

/** One frame of a file, read in a process of its own. @throws ClearReelError */
export async function readPicture(
  path: string,
  wish: PictureWish,
  framesPerSecond?: number,
): Promise<Picture> {
  const { picture } = await ask({ path, picture: wish, framesPerSecond });
  if (!picture) throw new ClearReelError('SOURCE_NO_FRAMES');
  return picture;
}
