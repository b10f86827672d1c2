import type { EncoderSettings, OutputCodec } from '@clearreel/shared/media/encoder';

/**
 * Whether ffmpeg.wasm encodes the codec. Of @ffmpeg/core 0.12.10's encoders only x264 works: libvpx-vp9
 * crashes the core, x265 waits for threads that it does not have, and there is none for AV1.
 */
export const ffmpegEncoderSupports = (codec: OutputCodec): boolean => codec === 'avc';

/** Highest `-crf`; some browsers count quantizers up to 255. */
const mostCrf = 51;

function rateOptions({ rate }: EncoderSettings): string[] {
  if (rate.mode === 'bitrate') return ['-b:v', String(rate.bitsPerSecond)];
  const crf = rate.quantizer > mostCrf ? (rate.quantizer * mostCrf) / 255 : rate.quantizer;
  return ['-crf', String(Math.round(crf))];
}

/**
 * One key frame, no B-frames, one thread (the core has no others), and a short look-ahead: every frame in
 * it is in wasm memory.
 */
function codecOptions({ codecString }: EncoderSettings): string[] {
  const level = Number.parseInt(codecString.slice(-2), 16);
  const shape = 'scenecut=0:keyint=infinite:bframes=0:rc-lookahead=10:threads=1';
  const profile = ['-profile:v', 'high', ...(level > 0 ? ['-level', String(level)] : [])];
  return ['-c:v', 'libx264', '-preset', 'veryfast', ...profile, '-x264-params', shape];
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
  const { width, height, frameRate } = settings;
  const isYuv = pixelFormat === 'yuv420p' || pixelFormat === 'nv12';
  const matrix = isYuv ? '' : 'scale=out_color_matrix=bt709:out_range=limited,';
  return [
    ...['-f', 'rawvideo', '-pix_fmt', pixelFormat, '-s', `${width}x${height}`],
    ...['-r', String(frameRate), '-i', input, '-vf', `${matrix}format=yuv420p`],
    ...['-fps_mode', 'passthrough'],
    ...codecOptions(settings),
    ...rateOptions(settings),
    ...['-bf', '0', ...colour, '-f', 'mp4', output],
  ];
}
