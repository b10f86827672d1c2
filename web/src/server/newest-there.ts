import type { LiveFrames } from '../jobs/live-frames.ts';
import { delay } from './delay.ts';
import type { ServerClient } from './server-client.ts';

/** The server draws one about as often while it is asked. */
const everyMs = 2_000;

async function bitmapOf(client: ServerClient, link: string, signal: AbortSignal) {
  return createImageBitmap(await (await client.read(link, signal)).blob());
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
    const before = await bitmapOf(client, pair.before, signal);
    const after = await bitmapOf(client, pair.after, signal).catch((error) => {
      before.close();
      throw error;
    });
    shownSeconds = timestampSeconds;
    onFrames({ timestampSeconds, before, after });
  };
  while (!signal.aborted) {
    // Whoever follows the job tells what is wrong with the server; there may be a next picture.
    if (document.visibilityState === 'visible') await show().catch(() => {});
    await delay(everyMs, signal).catch(() => {});
  }
}
