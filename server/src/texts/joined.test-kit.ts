import { open } from 'node:fs/promises';
import { copyAudio } from '@clearreel/shared/join/audio-track';
import { feed, interleave } from '@clearreel/shared/join/feed';
import { correctMatroskaHeader } from '@clearreel/shared/join/matroska-header';
import { outputFormat } from '@clearreel/shared/join/output-format';
import { portableTags } from '@clearreel/shared/join/tags';
import type { MediaSource } from '@clearreel/shared/media/source';
import { sourceWindow } from '@clearreel/shared/plan/source-window';
import { isMatroska } from '@clearreel/shared/spec/containers';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import {
  ALL_FORMATS,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  type InputVideoTrack,
  Output,
} from 'mediabunny';
import { signal } from '../media/reading.test-kit.ts';

/**
 * Writes what a job would have joined: packets in the order of display, here the source's own key frames, and its
 * sound.
 */
export async function writeJoined(
  sourcePath: string,
  source: MediaSource,
  spec: JobSpec,
  path: string,
): Promise<void> {
  const { container } = spec.output;
  const input = new Input({ source: new FilePathSource(sourcePath), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  const codec = await track?.getCodec();
  const config = await track?.getDecoderConfig();
  if (!track || !codec || !config) throw new Error('a clip without a video');
  const output = new Output({ format: outputFormat(container), target: new FilePathTarget(path) });
  const video = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(video);
  const feeds = [
    feed(
      keyPackets(track),
      (packet) => video.add(packet, { decoderConfig: config }),
      () => video.close(),
    ),
  ];
  const window = sourceWindow(undefined, source.facts.originSeconds);
  for (const each of source.audio) {
    feeds.push(await copyAudio(output, each, container, window, signal));
  }
  output.setMetadataTags(portableTags(source, spec));
  await output.start();
  await interleave(feeds, signal, () => {});
  await output.finalize();
  input.dispose();
  if (isMatroska(container)) await correctHead(path);
}

async function* keyPackets(track: InputVideoTrack): AsyncGenerator<EncodedPacket> {
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (packet.type === 'key') yield packet;
  }
}

async function correctHead(path: string): Promise<void> {
  const file = await open(path, 'r+');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1024 * 1024), 0, 1024 * 1024, 0);
  const head = buffer.subarray(0, bytesRead);
  correctMatroskaHeader(head);
  await file.write(head, 0, head.length, 0);
  await file.close();
}
