/** Independent witnesses: what ffmpeg and ffprobe see in a file, whatever ClearReel says of it. */
export * from './colour-bars.ts';
export * from './frames.ts';
export * from './picture.ts';
export * from './probe.ts';
export * from './quality.ts';
export * from './shift.ts';
export * from './sync.ts';
export * from './tracks.ts';
