/** How ffmpeg's decoder gives one video stream, as far as its frames must be converted and placed in time. */
export interface RawVideo {
  /** ffmpeg's number of the stream in the file. */
  readonly streamIndex: number;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  readonly isFullRange: boolean;
  /** Seconds of one tick are `num / den`. */
  readonly timeBase: { readonly num: number; readonly den: number };
  /** ffmpeg's demuxer names, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly demuxer: string;
}

export const isRgb = (pixelFormat: string): boolean =>
  /^(rgb|bgr|argb|abgr|rgba|bgra|gbr|0rgb|0bgr|x2rgb|x2bgr|pal8|monow|monob)/.test(pixelFormat);

/**
 * Filters that give I420 of 8 bits. Matrix and range stay what they are, so the source's colour tags stay
 * true; RGB has no matrix and becomes BT.709 limited. The size is forced because a stream that changes its
 * size half-way would shift every later frame in the raw bytes.
 */
export function i420Filters({ width, height, pixelFormat, isFullRange }: RawVideo): string {
  const scale = `scale=${width}:${height}:flags=bicubic+accurate_rnd+full_chroma_int`;
  if (isRgb(pixelFormat)) return `${scale}:out_color_matrix=bt709:out_range=limited,format=yuv420p`;
  // `yuvj…` means full range in the name; converting to plain yuv420p would squeeze it.
  if (pixelFormat.startsWith('yuvj')) return `${scale},format=yuvj420p`;
  if (pixelFormat === 'yuv420p') return `${scale},format=yuv420p`;
  const range = isFullRange ? 'full' : 'limited';
  return `${scale}:in_range=${range}:out_range=${range},format=yuv420p`;
}
