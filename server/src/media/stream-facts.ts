import type { AudioFacts, VideoFacts } from '@clearreel/shared/media/facts';
import type { IndexedPacket } from '@clearreel/shared/media/source';
import { frameRates } from '@clearreel/shared/media/video-facts';
import type { TrackDisposition } from 'mediabunny';
import {
  AV_DISPOSITION_COMMENT,
  AV_DISPOSITION_DEFAULT,
  AV_DISPOSITION_FORCED,
  AV_DISPOSITION_HEARING_IMPAIRED,
  AV_DISPOSITION_ORIGINAL,
  AV_DISPOSITION_VISUAL_IMPAIRED,
  AV_PIX_FMT_NONE,
  AV_PKT_DATA_DISPLAYMATRIX,
  type AVPixelFormat,
  avGetCodecName,
  avGetPixFmtName,
  type FormatContext,
  type Stream,
} from 'node-av';
import { colourTags } from './colour-tags.ts';

const containers: Readonly<Record<string, string>> = {
  mpegts: 'ts',
  asf: 'wmv',
  matroska: 'mkv',
  mpegvideo: 'mpeg',
};

/** FFmpeg lists every name of a demuxer; the first one is the one people know, with a few exceptions. */
export function containerOf(context: FormatContext): string {
  // One demuxer for both; QuickTime's brand is its own.
  const brand = tagOf(context, 'major_brand');
  if (brand !== null) return brand.trim() === 'qt' ? 'mov' : 'mp4';
  const first = (context.iformat?.name ?? 'unknown').split(',')[0] ?? '';
  return containers[first] ?? first;
}

const codecNames: Readonly<Record<string, string>> = { h264: 'avc', mpeg2video: 'mpeg2' };

export function codecName({ codecpar }: Stream): string {
  const name = avGetCodecName(codecpar.codecId) ?? 'unknown';
  return codecNames[name] ?? name;
}

export const tagOf = ({ metadata }: Stream | FormatContext, key: string): string | null =>
  metadata?.get(key) ?? null;

const languageOf = (stream: Stream) => tagOf(stream, 'language') ?? 'und';

function bitDepthOf({ codecpar }: Stream, pixelFormat: string): number {
  const stated = /(?:p|gray|x2rgb)(9|10|12|14|16)(?:le|be)$/.exec(pixelFormat)?.[1];
  return Number(stated) || codecpar.bitsPerRawSample || 8;
}

const hasAlpha = (pixelFormat: string) => /^(yuva|rgba|bgra|argb|abgr|gbrap|ya)/.test(pixelFormat);

/** Rotation and mirroring of a display matrix: three rows of three 16.16 numbers. */
function orientationOf({ codecpar }: Stream): Pick<VideoFacts, 'rotation' | 'flip'> {
  const matrix = codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix || matrix.length < 36) return { rotation: 0, flip: false };
  const [a, b, c, d] = [0, 4, 12, 16].map((at) => matrix.readInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  const flip = a * d - b * c < 0;
  const turn = flip ? Math.atan2(-b, -a) : Math.atan2(b, a);
  const degrees = (Math.round((turn * 180) / Math.PI / 90) * 90 + 360) % 360;
  return { rotation: degrees as VideoFacts['rotation'], flip };
}

function pixelAspectOf(stream: Stream): VideoFacts['pixelAspect'] {
  for (const { num, den } of [stream.sampleAspectRatio, stream.codecpar.sampleAspectRatio]) {
    if (num > 0 && den > 0) return { num, den };
  }
  return { num: 1, den: 1 };
}

export function videoFactsOf(stream: Stream, index: readonly IndexedPacket[]): VideoFacts {
  const { codecpar, timeBase } = stream;
  const format = codecpar.format as AVPixelFormat;
  const pixelFormat = format === AV_PIX_FMT_NONE ? '' : (avGetPixFmtName(format) ?? '');
  const rates = frameRates(index);
  const tagged = colourTags(codecpar);
  const colour = { ...tagged, fullRange: pixelFormat.startsWith('yuvj') || tagged.fullRange };
  return {
    codec: codecName(stream),
    width: codecpar.width,
    height: codecpar.height,
    ...orientationOf(stream),
    pixelAspect: pixelAspectOf(stream),
    colour,
    hdr: colour.transfer === 'pq' || colour.transfer === 'hlg',
    bitDepth: bitDepthOf(stream, pixelFormat),
    hasAlpha: hasAlpha(pixelFormat),
    languageCode: languageOf(stream),
    name: tagOf(stream, 'title'),
    disposition: dispositionOf(stream),
    ticksPerSecond: timeBase.den / timeBase.num,
    averageFrameRate: rates.average,
    constantFrameRate: rates.constant,
  };
}

export const audioFactsOf = (stream: Stream): AudioFacts => ({
  codec: codecName(stream),
  channels: stream.codecpar.channels,
  sampleRateHz: stream.codecpar.sampleRate,
  languageCode: languageOf(stream),
  name: tagOf(stream, 'title'),
});

export function dispositionOf(stream: Stream): TrackDisposition {
  const is = stream.hasDisposition.bind(stream);
  return {
    default: is(AV_DISPOSITION_DEFAULT),
    primary: is(AV_DISPOSITION_DEFAULT),
    forced: is(AV_DISPOSITION_FORCED),
    original: is(AV_DISPOSITION_ORIGINAL),
    commentary: is(AV_DISPOSITION_COMMENT),
    hearingImpaired: is(AV_DISPOSITION_HEARING_IMPAIRED),
    visuallyImpaired: is(AV_DISPOSITION_VISUAL_IMPAIRED),
  };
}
