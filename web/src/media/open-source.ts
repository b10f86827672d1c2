import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { openFirstThatReads } from '@clearreel/shared/media/open-first-that-reads';
import type { MediaSource } from '@clearreel/shared/media/source';
import { sequenceContent } from '@clearreel/shared/sequence/sequence-content';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { usualFramesPerSecond } from '@clearreel/shared/spec/sequence-rate';
import { type DecoderOverride, openWithMediabunny } from './mediabunny-source.ts';

/**
 * Opens any file that something here can read: mediabunny first, ffmpeg.wasm for the containers it does not know.
 * `onProgress` is called whenever reading got on, since the index of a large file takes long. `input` is what the job says
 * of sources that say too little themselves.
 * @throws ClearReelError with the code of what is wrong with the file.
 */
export async function openSource(
  file: File,
  override: DecoderOverride | undefined,
  signal: AbortSignal,
  onProgress: () => void = () => {},
  { framesPerSecond = usualFramesPerSecond }: JobSpec['input'] = {},
): Promise<MediaSource> {
  if (file.size === 0) throw new ClearReelError('SOURCE_EMPTY');
  const content = await sequenceContent(file, file);
  if (content) {
    const [{ openPictures }, { browserPictures }] = await Promise.all([
      import('@clearreel/shared/sequence/open-pictures'),
      import('../sequence/decode-image.ts'),
    ]);
    const options = { content, framesPerSecond, decoder: browserPictures };
    return openPictures(file, options, signal, onProgress);
  }
  const mediabunny = () => openWithMediabunny(file, override, signal, onProgress);
  const ffmpeg = async () => {
    const { openFfmpegSource } = await import('../rescue/ffmpeg-source.ts');
    return openFfmpegSource(file, file.name, signal);
  };
  return openFirstThatReads(
    file,
    { mediabunny, ffmpeg: override === 'webcodecs' ? null : ffmpeg },
    signal,
  );
}
