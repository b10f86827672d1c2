import type { EncoderSettings, OutputCodec } from '@clearreel/shared/media/encoder';

/** What @ffmpeg/core 0.12.10 is built with; it has no AV1 encoder. */
const libraries: Partial<Record<OutputCodec, string>> = {
  avc: 'libx264',
  hevc: 'libx265',
  vp9: 'libvpx-vp9',
};

/** Whether ffmpeg.wasm has an encoder for the codec (of any size that the codec allows). */
export const ffmpegEncoderSupports = (codec: OutputCodec): boolean =>
  libraries[codec] !== undefined;

/** WebCodecs' VP9 quantizer reaches 255 in some browsers, libvpx's `-crf` 63. */
const mostCrf = { avc: 51, hevc: 51, vp9: 63, av1: 63 } as const;

function rateOptions({ codec, rate }: EncoderSettings): string[] {
  if (rate.mode === 'bitrate') return ['-b:v', String(rate.bitsPerSecond)];
  const most = mostCrf[codec];
  const crf = rate.quantizer > most ? (rate.quantizer * most) / 255 : rate.quantizer;
  return ['-crf', String(Math.round(crf)), ...(codec === 'vp9' ? ['-b:v', '0'] : [])];
}

/**
 * One key frame, no B-frames, one thread (the core has no others), and a short look-ahead: every frame in
 * it is in wasm memory.
 */
function codecOptions({ codec, codecString }: EncoderSettings): string[] {
  if (codec === 'avc') {
    const level = Number.parseInt(codecString.slice(-2), 16);
    const shape = 'scenecut=0:keyint=infinite:bframes=0:rc-lookahead=10:threads=1';
    const profile = ['-profile:v', 'high', ...(level > 0 ? ['-level', String(level)] : [])];
    return ['-preset', 'veryfast', ...profile, '-x264-params', shape];
  }
  if (codec === 'hevc') {
    const threads = 'pools=none:frame-threads=1:wpp=0:lookahead-threads=0';
    const shape = 'scenecut=0:keyint=-1:bframes=0:rc-lookahead=10:repeat-headers=0';
    return ['-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params', `${shape}:${threads}`];
  }
  const shape = ['-g', '999999', '-auto-alt-ref', '0', '-lag-in-frames', '0', '-threads', '1'];
  return ['-deadline', 'realtime', '-cpu-used', '6', '-row-mt', '0', ...shape];
}

const colour = [
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ...['-colorspace', 'bt709', '-color_range', 'tv'],
];

/** ffmpeg's command line from raw frames of `pixelFormat` to an MP4 with one video track. */
export function encoderArgs(
  settings: EncoderSettings,
  pixelFormat: string,
  input: string,
  output: string,
): string[] {
  const { codec, width, height, frameRate } = settings;
  const isYuv = pixelFormat === 'yuv420p' || pixelFormat === 'nv12';
  const matrix = isYuv ? '' : 'scale=out_color_matrix=bt709:out_range=limited,';
  return [
    ...['-f', 'rawvideo', '-pix_fmt', pixelFormat, '-s', `${width}x${height}`],
    ...['-r', String(frameRate), '-i', input, '-vf', `${matrix}format=yuv420p`],
    ...['-fps_mode', 'passthrough', '-c:v', libraries[codec] ?? codec],
    ...codecOptions(settings),
    ...rateOptions(settings),
    ...['-bf', '0', ...colour, '-f', 'mp4', output],
  ];
}
