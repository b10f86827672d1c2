import type { LiveFrames } from '../jobs/live-frames.ts';
import { delay } from './delay.ts';
import type { ServerClient } from './server-client.ts';

/** A connection that hangs must not end the watching. */
const pictureMs = 30_000;

/** The server draws one about as often while it is asked. */
const everyMs = 2_000;

async function bitmapOf(client: ServerClient, link: string, signal: AbortSignal) {
  const ends = AbortSignal.any([signal, AbortSignal.timeout(pictureMs)]);
  return createImageBitmap(await (await client.read(link, ends)).blob());
}

/**
 * Gives the newest frame of a job that a server works on, again and again until the signal, and only while the page is
 * looked at. Whoever is given one closes its pictures.
 */
export async function followNewest(
  client: ServerClient,
  jobId: string,
  signal: AbortSignal,
  onFrames: (frames: LiveFrames) => void,
): Promise<void> {
  let shownSeconds: number | null = null;
  const show = async () => {
    const pair = await client.newestFrame(jobId, signal);
    if (!pair || pair.timestampSeconds === shownSeconds) return;
    const { timestampSeconds } = pair;
    // At once: on a slow line the server has a newer pair before the first picture is here.
    const [before, after] = await Promise.allSettled([
      bitmapOf(client, pair.before, signal),
      bitmapOf(client, pair.after, signal),
    ]);
    if (before.status === 'fulfilled' && after.status === 'fulfilled') {
      shownSeconds = timestampSeconds;
      onFrames({ timestampSeconds, before: before.value, after: after.value });
      return;
    }
    for (const each of [before, after]) if (each.status === 'fulfilled') each.value.close();
  };
  while (!signal.aborted) {
    // Whoever follows the job tells what is wrong with the server; there may be a next picture.
    if (document.visibilityState === 'visible') await show().catch(() => {});
    await delay(everyMs, signal).catch(() => {});
  }
}
