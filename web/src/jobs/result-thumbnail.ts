import { settled } from '@clearreel/shared/pipeline/settled';
import { ALL_FORMATS, BlobSource, CanvasSink, Input } from 'mediabunny';
import { jobDb } from './job-db.ts';

const widthPx = 320;
const limitSeconds = 5;

/** Gives the job a thumbnail from the middle of its result. Where that cannot be had soon, it keeps the one it has. */
export async function takeThumbnail(jobId: string, result: File): Promise<void> {
  const input = new Input({ source: new BlobSource(result), formats: ALL_FORMATS });
  await settled([draw(jobId, input)], limitSeconds);
  input.dispose();
}

async function draw(jobId: string, input: Input): Promise<void> {
  const track = await input.getPrimaryVideoTrack();
  if (!track || !(await track.canDecode())) return;
  const middleSeconds = (await track.computeDuration()) / 2;
  const drawn = await new CanvasSink(track, { width: widthPx }).getCanvas(middleSeconds);
  if (!(drawn?.canvas instanceof OffscreenCanvas)) return;
  const thumbnail = await drawn.canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  await jobDb.setThumbnail(jobId, thumbnail);
}
