import {
  ALL_FORMATS,
  BlobSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
} from 'mediabunny';

/** Containers keep whole ticks; anything above this is another tick. */
const toleranceSeconds = 1e-6;

const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

const digest = async (source: AllowSharedBufferSource) => {
  const bytes = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  return hex(await crypto.subtle.digest('SHA-256', bytes.slice()));
};

async function videoSummary(track: InputVideoTrack) {
  const config = await track.getDecoderConfig();
  return {
    codec: config?.codec,
    description: config?.description ? await digest(config.description) : null,
    width: await track.getCodedWidth(),
    height: await track.getCodedHeight(),
    rotation: await track.getRotation(),
    flip: await track.getFlip(),
    pixelAspect: await track.getPixelAspectRatio(),
    colour: await track.getColorSpace(),
  };
}

async function audioSummary(track: InputAudioTrack) {
  const config = await track.getDecoderConfig();
  return {
    codec: config?.codec,
    description: config?.description ? await digest(config.description) : null,
    channels: await track.getNumberOfChannels(),
    sampleRate: await track.getSampleRate(),
  };
}

async function summary(track: InputTrack): Promise<string> {
  const own = track.isVideoTrack()
    ? await videoSummary(track)
    : track.isAudioTrack()
      ? await audioSummary(track)
      : {};
  return JSON.stringify({
    ...own,
    type: track.type,
    language: await track.getLanguageCode(),
    name: await track.getName(),
    disposition: await track.getDisposition(),
  });
}

const opened = (blob: Blob) => new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });

/**
 * Compares two files' video and audio tracks: description of the track, and of every packet the
 * timestamp, duration, kind and bytes. `null` where all is the same, else the first difference in words.
 */
export async function packetDifference(
  before: Blob,
  after: Blob,
  signal: AbortSignal,
): Promise<string | null> {
  const [one, other] = [opened(before), opened(after)];
  try {
    const kinds = (tracks: InputTrack[]) =>
      tracks.filter((each) => each.isVideoTrack() || each.isAudioTrack());
    const [ones, others] = [kinds(await one.getTracks()), kinds(await other.getTracks())];
    if (ones.length !== others.length) return `${ones.length} tracks became ${others.length}`;
    for (const [at, track] of ones.entries()) {
      const twin = others[at];
      if (twin === undefined) return `track ${at} is gone`;
      const [was, is] = [await summary(track), await summary(twin)];
      if (was !== is) return `track ${at}: ${was} became ${is}`;
      const difference = await trackDifference(track, twin, signal);
      if (difference !== null) return `track ${at}: ${difference}`;
    }
    return null;
  } finally {
    one.dispose();
    other.dispose();
  }
}

async function trackDifference(
  track: InputTrack,
  twin: InputTrack,
  signal: AbortSignal,
): Promise<string | null> {
  const twins = new EncodedPacketSink(twin as InputVideoTrack).packets();
  let at = 0;
  let late: string | null = null;
  let firstLate = -1;
  for await (const packet of new EncodedPacketSink(track as InputVideoTrack).packets()) {
    signal.throwIfAborted();
    const { value: other } = await twins.next();
    if (!other) return `packet ${at} is gone`;
    const shift = Math.abs(packet.timestamp - other.timestamp);
    if (shift > toleranceSeconds) {
      return `packet ${at} at ${packet.timestamp} s came to ${other.timestamp} s`;
    }
    // Matroska says no duration before a new cluster, and mediabunny then gives 0.
    const saysDuration = packet.duration > 0 && other.duration > 0;
    if (saysDuration && Math.abs(packet.duration - other.duration) > toleranceSeconds) {
      if (late === null) firstLate = at;
      late ??= `packet ${at} lasted ${packet.duration} s and now ${other.duration} s`;
    }
    const isSame = packet.type === other.type && packet.byteLength === other.byteLength;
    if (!isSame || (await digest(packet.data)) !== (await digest(other.data))) {
      return `packet ${at} has other bytes`;
    }
    at += 1;
  }
  if (!(await twins.next()).done) return `there are packets after number ${at}`;
  // The end of the last sound packet is padding that some muxers count and others do not.
  return track.isAudioTrack() && firstLate === at - 1 ? null : late;
}
