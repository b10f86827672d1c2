import { join } from 'node:path';
import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { runJob } from '../engine/run-job.ts';
import { openSource } from '../media/open-source.ts';
import { answerOnce } from '../processes/ask-process.ts';
import type { Picture } from '../reader/messages.ts';
import { pictureOf } from '../reader/picture.ts';
import type { PreviewAnswer, PreviewPictures, PreviewRequest } from './messages.ts';

const { signal } = new AbortController();

/** Reaches from one frame to within the next. */
const shortSeconds = 0.001;

async function pictureIn(
  path: string,
  atSeconds: number,
  input?: JobSpec['input'],
): Promise<Picture> {
  const source = await openSource(path, '', { framesPerSecond: input?.framesPerSecond }, signal);
  try {
    return await pictureOf(source, { atSeconds, maxSidePx: null }, signal);
  } finally {
    source.dispose();
  }
}

/** One frame as a job of one frame: no second way of making pictures exists that could differ. */
async function enhance(request: PreviewRequest): Promise<PreviewPictures> {
  const { path, spec, workFolder, providers } = request;
  const before = await pictureIn(path, request.atSeconds, spec.input);
  const startSeconds = before.timestampSeconds;
  const { result } = await runJob({
    sourcePath: path,
    sourceName: 'preview',
    spec: {
      ...spec,
      trim: { startSeconds, endSeconds: startSeconds + shortSeconds },
      // Holds every codec, and needs no sound to be a video.
      output: { ...spec.output, container: 'mkv', audio: 'none' },
    },
    workFolder: join(workFolder, 'work'),
    resultFolder: join(workFolder, 'result'),
    providers,
    signal,
    onProgress() {},
    async onSegment() {},
  });
  const after = await pictureIn(join(workFolder, 'result', result.storedName), 0);
  return { timestampSeconds: startSeconds, before: before.webp, after: after.webp };
}

answerOnce(
  (request: PreviewRequest): Promise<PreviewAnswer> =>
    enhance(request).catch((error) => ({ error: asClearReelError(error).toReport() })),
);
