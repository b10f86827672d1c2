import type { AudioTrackSource, MediaSource } from '@clearreel/shared/media/source';

/** Packets that tell a track's rate: some seconds of sound. */
const packetsLookedAt = 200;

/** What the copied sound of a second takes, from each track's first packets. */
export async function audioBytesPerSecond(
  { audio }: MediaSource,
  signal: AbortSignal,
): Promise<number> {
  const rates = await Promise.all(audio.map((track) => bytesPerSecond(track, signal)));
  return rates.reduce((sum, rate) => sum + rate, 0);
}

async function bytesPerSecond(track: AudioTrackSource, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  let seconds = 0;
  let packets = 0;
  for await (const { byteLength, duration } of track.packets(signal)) {
    bytes += byteLength;
    seconds += duration;
    if (++packets === packetsLookedAt) break;
  }
  return seconds > 0 ? bytes / seconds : 0;
}
