import { EncodedVideoPacketSource, type Output } from 'mediabunny';
import type { ColourTags, VideoFacts } from '../media/facts.ts';
import type { SourceWindow } from '../plan/source-window.ts';
import { isMatroska } from '../spec/containers.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import { sdrTags } from '../spec/result-colour.ts';
import { type Feed, feed } from './feed.ts';
import type { JoinOptions } from './join-options.ts';
import { type JoinedVideo, videoPackets } from './video-packets.ts';

/** Finest clock that the ISOBMFF muxer can be given. */
const maxTicksPerSecond = 1_000_000;

const usualFrameRates = [
  ...[24, 30, 60, 120].map((rate) => rate / 1.001),
  ...[10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 100, 120],
];

/** More than the half millisecond by which Matroska rounds a stamp. */
const toleranceSeconds = 0.0006;

/**
 * Rate to state in Matroska, which tells players the last frame's duration. The muxer moves stamps to multiples of
 * it, so it is stated only where they lie there already, as far as whole milliseconds tell.
 */
function matroskaFrameRate(
  constantRate: number | null,
  firstSeconds: number,
  lastSeconds: number,
): number | undefined {
  if (constantRate === null) return undefined;
  const isOnGrid = (rate: number) =>
    [firstSeconds, lastSeconds].every(
      (seconds) => Math.abs(Math.round(seconds * rate) / rate - seconds) <= toleranceSeconds,
    );
  return [...usualFrameRates, constantRate]
    .filter((rate) => Math.abs(rate / constantRate - 1) < 0.002)
    .sort((a, b) => Math.abs(a - constantRate) - Math.abs(b - constantRate))
    .find(isOnGrid);
}

/**
 * In ISOBMFF the "frame rate" becomes the track's clock. The source's own clock keeps every timestamp exact, variable
 * ones too; without it they are rounded to 1/57600 s.
 */
const isobmffClock = ({ ticksPerSecond }: VideoFacts): number | undefined =>
  ticksPerSecond && Math.min(ticksPerSecond, maxTicksPerSecond);

/**
 * mediabunny writes the matrix into VP9's packets as well, BT.2020's as unspecified. Kept from it, the packets keep
 * theirs, and `correctMatroskaHeader` adds it to the container.
 */
const writtenColour = (colour: ColourTags, { output: { codec, container } }: JobSpec) =>
  codec === 'vp9' && isMatroska(container) && colour.matrix === 'bt2020-ncl'
    ? { ...colour, matrix: null }
    : colour;

export function addVideo(
  { source, spec, plan, geometry, store, colour = sdrTags }: JoinOptions,
  output: Output,
  video: JoinedVideo,
  { zeroSeconds }: SourceWindow,
): Feed {
  const { video: facts } = source.facts;
  const track = new EncodedVideoPacketSource(spec.output.codec);
  const frameRate = isMatroska(spec.output.container)
    ? matroskaFrameRate(
        facts.constantFrameRate,
        video.firstSeconds - zeroSeconds,
        video.lastSeconds - zeroSeconds,
      )
    : isobmffClock(facts);
  output.addVideoTrack(track, {
    rotation: facts.rotation,
    flip: facts.flip,
    languageCode: facts.languageCode,
    ...(facts.name !== null && { name: facts.name }),
    ...(facts.disposition && { disposition: facts.disposition }),
    ...(frameRate !== undefined && { frameRate }),
  });
  const { num, den } = geometry.pixelAspect;
  const decoderConfig = {
    ...video.config,
    codedWidth: geometry.width,
    codedHeight: geometry.height,
    displayAspectWidth: geometry.width * num,
    displayAspectHeight: geometry.height * den,
    colorSpace: writtenColour(colour, spec) as VideoColorSpaceInit,
  } as const;
  return feed(
    videoPackets(plan, store, video, zeroSeconds),
    (packet) => track.add(packet, { decoderConfig }),
    () => track.close(),
  );
}
