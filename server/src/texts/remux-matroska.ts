import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { correctMatroskaHeader, hideCodecDelay } from '@clearreel/shared/join/matroska-header';
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_NOPTS_VALUE,
  AVMEDIA_TYPE_ATTACHMENT,
  AVMEDIA_TYPE_SUBTITLE,
  AVMEDIA_TYPE_VIDEO,
  Dictionary,
  FFmpegError,
  type FormatContext,
  Packet,
  type Stream,
} from 'node-av';
import { openInput } from '../media/av-input.ts';
import { writeAll } from '../storage/write-all.ts';
import {
  addSubtitleStream,
  openOutput,
  type SubtitleStream,
  writeCues,
} from './add-subtitle-streams.ts';
import type { Additions } from './additions.ts';
import { requireRoom } from './full-disk.ts';
import { addHdrSideData } from './hdr-side-data.ts';
import { appendMatroskaChapters } from './matroska-chapters.ts';

/**
 * Writes a Matroska file anew with FFmpeg's muxer, packet by packet, with subtitles among them, chapters, and what HDR
 * displays are told. `false` where any packet of picture or sound would come out differently: then the file is left
 * as it was.
 *
 * @throws ClearReelError `STORAGE_FULL` before anything is written, where there is no room for a second copy of the file.
 */
export async function remuxMatroska(
  path: string,
  muxer: 'matroska' | 'webm',
  additions: Additions,
  signal: AbortSignal,
): Promise<boolean> {
  const made = `${path}.texts`;
  await requireRoom(dirname(path), (await stat(path)).size, additions);
  try {
    await changeHead(path, hideCodecDelay);
    const written = await remux(path, made, muxer, additions, signal);
    if (written !== (await packetDigest(made, signal))) return false;
    await changeHead(made, correctMatroskaHeader);
    await inFile(made, (file) =>
      additions.chapters.length > 0
        ? appendMatroskaChapters(file, additions.chapters)
        : Promise.resolve(),
    );
    await rename(made, path);
    return true;
  } finally {
    await rm(made, { force: true });
    await changeHead(path, correctMatroskaHeader);
  }
}

const headBytes = 1024 * 1024;

const changeHead = (path: string, change: (head: Uint8Array) => void): Promise<void> =>
  inFile(path, async (file) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    change(head);
    await writeAll(file, head, 0);
  });

async function inFile(path: string, work: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await work(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function remux(
  path: string,
  made: string,
  muxer: string,
  additions: Additions,
  signal: AbortSignal,
): Promise<string> {
  const pictures = await attachedPictures(path);
  const input = await openInput(path);
  try {
    const output = await openOutput(made, muxer);
    try {
      return await copy(input, output, pictures, additions, signal);
    } finally {
      await output.closeOutput();
      output.freeContext();
    }
  } finally {
    await input.closeInput();
  }
}

async function copy(
  input: FormatContext,
  output: FormatContext,
  pictures: ReadonlyMap<number, Buffer>,
  { tracks, hdrMetadata }: Additions,
  signal: AbortSignal,
): Promise<string> {
  output.metadata = Dictionary.fromObject(input.metadata?.getAll() ?? {});
  const targets = new Map<number, Stream>();
  for (const stream of input.streams) {
    if (isAttached(stream)) continue;
    const target = copiedStream(output, stream);
    if (hdrMetadata && stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO) {
      addHdrSideData(target.codecpar, hdrMetadata);
    }
    targets.set(stream.index, target);
  }
  const subtitles = tracks.map((track) => addSubtitleStream(output, track));
  for (const stream of input.streams) {
    if (stream.codecpar.codecType === AVMEDIA_TYPE_ATTACHMENT) copiedStream(output, stream);
    const picture = pictures.get(stream.index);
    if (picture) attachedPicture(output, stream, picture);
  }
  const options = Dictionary.fromObject({ avoid_negative_ts: 'disabled' });
  FFmpegError.throwIfError(await output.writeHeader(options), 'writeHeader');
  const digest = await copyPackets(input, output, targets, subtitles, signal);
  FFmpegError.throwIfError(await output.writeTrailer(), 'writeTrailer');
  return digest;
}

const isAttached = (stream: Stream) =>
  stream.codecpar.codecType === AVMEDIA_TYPE_ATTACHMENT ||
  stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC);

function copiedStream(output: FormatContext, stream: Stream): Stream {
  const target = output.newStream(null);
  FFmpegError.throwIfError(stream.codecpar.copy(target.codecpar), 'CodecParameters.copy');
  target.codecpar.codecTag = 0;
  target.timeBase = stream.timeBase;
  target.sampleAspectRatio = stream.sampleAspectRatio;
  target.avgFrameRate = stream.avgFrameRate;
  target.disposition = stream.disposition;
  target.metadata = Dictionary.fromObject(stream.metadata?.getAll() ?? {});
  return target;
}

/** Covers by their streams. A stream's own packet of it must not be touched: its wrapper frees what FFmpeg frees. */
async function attachedPictures(path: string): Promise<ReadonlyMap<number, Buffer>> {
  const pictures = new Map<number, Buffer>();
  const input = await openInput(path);
  try {
    const wanted = input.streams.filter((stream) =>
      stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC),
    );
    using packet = new Packet();
    packet.alloc();
    while (pictures.size < wanted.length && (await input.readFrame(packet)) >= 0) {
      const isPicture = wanted.some(({ index }) => index === packet.streamIndex);
      if (isPicture && packet.data) pictures.set(packet.streamIndex, Buffer.from(packet.data));
      packet.unref();
    }
    return pictures;
  } finally {
    await input.closeInput();
  }
}

/** FFmpeg shows covers as video streams, and would write them as such. */
function attachedPicture(output: FormatContext, stream: Stream, picture: Buffer): void {
  const target = output.newStream(null);
  target.codecpar.codecType = AVMEDIA_TYPE_ATTACHMENT;
  target.codecpar.codecId = stream.codecpar.codecId;
  target.codecpar.extradata = picture;
  target.metadata = Dictionary.fromObject(stream.metadata?.getAll() ?? {});
}

async function copyPackets(
  input: FormatContext,
  output: FormatContext,
  targets: ReadonlyMap<number, Stream>,
  subtitles: readonly SubtitleStream[],
  signal: AbortSignal,
): Promise<string> {
  const digests = new PacketDigests();
  const { streams } = input;
  using packet = new Packet();
  packet.alloc();
  while ((await input.readFrame(packet)) >= 0) {
    signal.throwIfAborted();
    const target = targets.get(packet.streamIndex);
    const source = streams[packet.streamIndex];
    if (target && source) {
      digests.add(target.index, packet, source.timeBase);
      const { num, den } = source.timeBase;
      // Matroska stores no decode times, and FFmpeg's guess begins late.
      if (packet.dts === AV_NOPTS_VALUE) packet.dts = packet.pts;
      await writeCues(output, subtitles, (Number(packet.dts) * num) / den);
      packet.rescaleTs(source.timeBase, target.timeBase);
      packet.streamIndex = target.index;
      const written = await output.interleavedWriteFrame(packet);
      FFmpegError.throwIfError(written, 'interleavedWriteFrame');
    }
    packet.unref();
  }
  await writeCues(output, subtitles, Number.POSITIVE_INFINITY);
  return digests.digest();
}

/** Digest of all packets of picture and sound of a file: their bytes, times and order in each track. */
async function packetDigest(path: string, signal: AbortSignal): Promise<string> {
  const input = await openInput(path);
  try {
    const digests = new PacketDigests();
    const { streams } = input;
    const isCounted = (stream: Stream) =>
      !isAttached(stream) && stream.codecpar.codecType !== AVMEDIA_TYPE_SUBTITLE;
    using packet = new Packet();
    packet.alloc();
    while ((await input.readFrame(packet)) >= 0) {
      signal.throwIfAborted();
      const stream = streams[packet.streamIndex];
      if (stream && isCounted(stream)) digests.add(stream.index, packet, stream.timeBase);
      packet.unref();
    }
    return digests.digest();
  } finally {
    await input.closeInput();
  }
}

class PacketDigests {
  readonly #hashes = new Map<number, Hash>();

  add(index: number, { data, pts }: Packet, { num, den }: { num: number; den: number }): void {
    const hash = this.#hashes.get(index) ?? createHash('sha256');
    this.#hashes.set(index, hash);
    hash.update(`${((Number(pts) * num) / den).toFixed(6)} `).update(data ?? Buffer.alloc(0));
  }

  digest(): string {
    return [...this.#hashes]
      .sort(([a], [b]) => a - b)
      .map(([index, hash]) => `${index} ${hash.digest('hex')}`)
      .join();
  }
}
