import { Output } from 'mediabunny';
import { sourceWindow } from '../plan/source-window.ts';
import { planAudio } from './audio-plan.ts';
import { copyAudio, encodeAudio } from './audio-track.ts';
import { type Feed, interleave } from './feed.ts';
import type { JoinOptions } from './join-options.ts';
import { outputFormat } from './output-format.ts';
import { portableTags } from './tags.ts';
import { surveySegments } from './video-packets.ts';
import { addVideo } from './video-track.ts';

export interface JoinResult {
  readonly mimeType: string;
  readonly frameCount: number;
}

/**
 * Writes the result: the segments' packets, then every other track beside them, packet by packet. Nothing is
 * encoded but audio that the container cannot hold.
 */
export async function joinSegments(options: JoinOptions): Promise<JoinResult> {
  const { source, spec, plan, store, signal } = options;
  const onProgress = () => options.onProgress();
  const { container } = spec.output;
  const output = new Output({ format: outputFormat(container), target: options.target });
  const window = sourceWindow(spec.trim, source.facts.originSeconds);
  try {
    const video = await surveySegments(plan, store, onProgress);
    const feeds: Feed[] = [addVideo(options, output, video, window)];
    for (const { track, action } of await planAudio(source, spec, options.abilities)) {
      feeds.push(
        action.kind === 'copy'
          ? await copyAudio(output, track, container, window, signal)
          : encodeAudio(output, track, action.codec, window),
      );
    }
    output.setMetadataTags(portableTags(source, spec));
    await output.start();
    await interleave(feeds, signal, onProgress);
    await output.finalize();
    return { mimeType: await output.getMimeType(), frameCount: video.frameCount };
  } catch (error) {
    if (output.state !== 'finalized') await output.cancel().catch(() => {});
    throw error;
  }
}
