import crc from 'crc-32';
import type { EncodedVideoPacket, VideoDecoderConfigData } from '../media/encoder.ts';
import type { BlobFolder } from './blob-folder.ts';
import { type Sidecar, sidecarSchema } from './sidecar.ts';

export interface SegmentPacket extends EncodedVideoPacket {
  readonly timestampSeconds: number;
  readonly durationSeconds: number;
}

export interface StoredSegment {
  readonly index: number;
  /** Who ran the model, for the report. */
  readonly provider: string;
  readonly config: VideoDecoderConfigData;
  readonly packets: readonly SegmentPacket[];
  readonly stats: Sidecar['stats'];
}

// Node finds no named exports in this CommonJS module.
const { buf: crc32 } = crc;

const dataName = (index: number) => `${String(index).padStart(6, '0')}.packets`;
const sidecarName = (index: number) => `${String(index).padStart(6, '0')}.json`;

/** The files of a segment, the one that makes it whole last. */
export const segmentFileNames = (index: number): readonly string[] => [
  dataName(index),
  sidecarName(index),
];

/** Index of the segment whose sidecar has this name. */
function indexOf(name: string): number | null {
  const index = Number.parseInt(name, 10);
  return sidecarName(index) === name ? index : null;
}

/** Finished segments of one job. Crash-safe: a half-written segment is as if it were not there. */
export class SegmentStore {
  readonly #folder: BlobFolder;

  constructor(folder: BlobFolder) {
    this.#folder = folder;
  }

  async put(segment: StoredSegment): Promise<Sidecar> {
    const chunks = segment.packets.map(({ data }) => data);
    let bytes = 0;
    let checksum = 0;
    for (const chunk of chunks) {
      bytes += chunk.byteLength;
      checksum = crc32(chunk, checksum);
    }
    const { description, ...config } = segment.config;
    const sidecar: Sidecar = {
      version: 1,
      index: segment.index,
      provider: segment.provider,
      config: { ...config, ...(description && { description: [...description] }) },
      bytes,
      crc32: checksum >>> 0,
      packets: segment.packets.map((packet) => [
        packet.timestampSeconds,
        packet.durationSeconds,
        packet.isKey ? 1 : 0,
        packet.data.byteLength,
      ]),
      stats: segment.stats,
    };
    await this.#folder.write(dataName(segment.index), chunks);
    await this.#folder.write(sidecarName(segment.index), [
      new TextEncoder().encode(JSON.stringify(sidecar)),
    ]);
    return sidecar;
  }

  /** `null` unless the segment is whole. */
  async get(index: number): Promise<StoredSegment | null> {
    const sidecar = await this.describe(index);
    const data = sidecar && (await this.#folder.read(dataName(index)));
    if (!sidecar || data?.byteLength !== sidecar.bytes || crc32(data) >>> 0 !== sidecar.crc32)
      return null;
    let offset = 0;
    const packets = sidecar.packets.map(([timestampSeconds, durationSeconds, key, bytes]) => {
      const packet = data.subarray(offset, offset + bytes);
      offset += bytes;
      return { data: packet, timestampSeconds, durationSeconds, isKey: key === 1 };
    });
    const { description, codec, codedWidth, codedHeight } = sidecar.config;
    return {
      index,
      provider: sidecar.provider,
      config: {
        codec,
        ...(codedWidth !== undefined && { codedWidth }),
        ...(codedHeight !== undefined && { codedHeight }),
        ...(description !== undefined && { description: Uint8Array.from(description) }),
      },
      packets,
      stats: sidecar.stats,
    };
  }

  /** Indices of the whole segments, ascending. Every other file in the folder is removed. */
  async complete(): Promise<readonly number[]> {
    const names = await this.#folder.list();
    const whole: number[] = [];
    const kept = new Set<string>();
    for (const name of [...names].sort()) {
      const index = indexOf(name);
      if (index === null || !(await this.get(index))) continue;
      whole.push(index);
      kept.add(sidecarName(index)).add(dataName(index));
    }
    for (const name of names) if (!kept.has(name)) await this.#folder.remove(name);
    return whole;
  }

  /** What is known of a segment without reading its packets. */
  async describe(index: number): Promise<Sidecar | null> {
    const bytes = await this.#folder.read(sidecarName(index));
    if (!bytes) return null;
    try {
      const sidecar = sidecarSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
      return sidecar.index === index ? sidecar : null;
    } catch {
      return null; // A sidecar cut off by a crash: the segment does not exist.
    }
  }

  async remove(index: number): Promise<void> {
    await this.#folder.remove(sidecarName(index));
    await this.#folder.remove(dataName(index));
  }

  async clear(): Promise<void> {
    for (const name of await this.#folder.list()) await this.#folder.remove(name);
  }
}
