import type { VideoSample } from 'mediabunny';
import { because } from '../notices/reasons.ts';
import type { Text } from '../texts/text.ts';
import { DecodeStop, decodeFrom } from './decode-from.ts';
import type { TrackDecoding } from './packet-decoder.ts';
import { readError } from './read-errors.ts';

/** The caller closes the sample. */
export type Probe =
  | { readonly sample: VideoSample }
  | { readonly sample: null; readonly obstacle: Text };

/** One packet makes a frame, but where its fields or layers are stored as packets of their own. */
const packetsTried = [1, 16];

/** Configuration checks promise more than decoders keep, so the first frame is really decoded. */
export async function probeFirstFrame(
  decoding: TrackDecoding,
  signal: AbortSignal,
): Promise<Probe> {
  if (!(await decoding.canDecode())) return { sample: null, obstacle: because('NO_DECODER') };
  try {
    const key = await decoding.packets.firstKey();
    for (const packets of packetsTried) {
      if (!key) break;
      for await (const { sample } of decodeFrom(decoding, key, packets, signal)) return { sample };
    }
    return { sample: null, obstacle: because('DECODER_SILENT') };
  } catch (error) {
    signal.throwIfAborted();
    const coded = readError(error instanceof DecodeStop ? error.cause : error, 'DECODER_FAILED');
    if (coded.code !== 'DECODER_FAILED') throw coded;
    return { sample: null, obstacle: coded.toReport() };
  }
}
