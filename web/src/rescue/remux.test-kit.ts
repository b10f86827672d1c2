import {
  ALL_FORMATS,
  BlobSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MkvOutputFormat,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';

const formats = { mp4: Mp4OutputFormat, mkv: MkvOutputFormat, webm: WebMOutputFormat } as const;

/** A file as the join writes results: packets copied by mediabunny, H.264 as `avc3` on request. */
export async function remux(
  file: Blob,
  container: keyof typeof formats,
  asAvc3: boolean,
): Promise<Blob> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  const output = new Output({ format: new formats[container](), target: new BufferTarget() });
  const copies: (() => Promise<void>)[] = [];
  const video = await input.getPrimaryVideoTrack();
  const videoCodec = await video?.getCodec();
  const config = await video?.getDecoderConfig();
  if (video && videoCodec && config) {
    const source = new EncodedVideoPacketSource(videoCodec);
    output.addVideoTrack(source, { rotation: await video.getRotation() });
    const codec = asAvc3 ? config.codec.replace('avc1', 'avc3') : config.codec;
    copies.push(async () => {
      for await (const packet of new EncodedPacketSink(video).packets()) {
        await source.add(packet, { decoderConfig: { ...config, codec } });
      }
      source.close();
    });
  }
  for (const track of await input.getAudioTracks()) {
    const codec = await track.getCodec();
    const decoderConfig = await track.getDecoderConfig();
    if (!codec || !decoderConfig) continue;
    const source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(source, { languageCode: await track.getLanguageCode() });
    copies.push(async () => {
      for await (const packet of new EncodedPacketSink(track).packets()) {
        await source.add(packet, { decoderConfig });
      }
      source.close();
    });
  }
  await output.start();
  for (const copy of copies) await copy();
  await output.finalize();
  const { buffer } = output.target;
  if (buffer === null) throw new Error('nothing was written');
  return new Blob([buffer]);
}
