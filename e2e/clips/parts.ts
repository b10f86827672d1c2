/** Command-line parts that several clips share. */

export type Picture = {
  width?: number;
  height?: number;
  /** Frames a second, as a number or a ratio such as `30000/1001`. */
  rate?: number | string;
  seconds?: number;
};

const size = ({ width = 96, height = 54 }: Picture) => `${width}x${height}`;

/** Moving test card with a frame counter: every frame differs from the one before. */
export const testCard = (picture: Picture = {}) =>
  `-f lavfi -i testsrc2=size=${size(picture)}:rate=${picture.rate ?? 25}:duration=${picture.seconds ?? 3}`;

/** A second of eight saturated RGB bars. */
export const bars = '-f lavfi -i smptehdbars=size=96x54:rate=25:duration=1';

/** Zoom into a fractal: fine detail everywhere. */
export const fractal = (picture: Picture = {}) =>
  `-f lavfi -t ${picture.seconds ?? 3} -i mandelbrot=size=${size(picture)}:rate=${picture.rate ?? 25}`;

/** Two channels of different pitch, so that swapped or dropped channels are seen. */
export const stereoTone = ({ seconds = 3, pitch = 440 } = {}) =>
  `-f lavfi -i aevalsrc=0.2*sin(${pitch}*2*PI*t)|0.2*sin(${pitch * 1.5}*2*PI*t):s=48000:d=${seconds}`;

export const h264 = '-c:v libx264 -preset veryfast -crf 16 -pix_fmt yuv420p';
export const hevc =
  '-c:v libx265 -preset ultrafast -crf 20 -tag:v hvc1 -x265-params pools=none:frame-threads=1:log-level=error';
export const vp8 = '-c:v libvpx -deadline realtime -cpu-used 4 -b:v 600k -pix_fmt yuv420p';
export const vp9 = '-c:v libvpx-vp9 -deadline realtime -cpu-used 6 -crf 20 -b:v 0';
export const losslessVp9 = '-c:v libvpx-vp9 -deadline realtime -cpu-used 6 -lossless 1';
export const av1 = '-c:v libaom-av1 -cpu-used 8 -crf 25 -b:v 0 -pix_fmt yuv420p';
export const aac = '-c:a aac -b:a 96k';
export const opus = '-c:a libopus -b:a 64k';
