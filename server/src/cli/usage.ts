/** What is wrong with a command line; the process ends with 2. */
export class UsageError extends Error {}

export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export const usage = `clearreel: upscale and restore videos

  clearreel enhance INPUT… OUTPUT [options]  make a better, larger video
  clearreel models [--json]                  list the models
  clearreel bench [--provider …] [--again] [--json]   measure the models on this machine
  clearreel serve [--host …] [--port …]      serve the app and its API

enhance: without options it does what the app would propose. The file type follows from OUTPUT (.mp4, .mov, .mkv,
.webm). INPUT may be a folder or a ZIP of numbered pictures (PNG, JPEG, WebP), the pictures themselves (frames/*.png),
in whatever order, or - (standard input); OUTPUT may be - (standard output), as MKV or as WebM with --container.

  --model ID            one of 'clearreel models', or none to resize only
  --factor N            so many times the size (1 to 8)
  --size WxH, Wx, xH    exactly this many pixels; one side alone keeps the aspect
  --box NAME            as large as fits 1080p, 1440p or 2160p
  --strength N          percent of the model's picture (0 to 100)
  --codec NAME          avc, hevc, vp9 or av1
  --container NAME      mp4, mov, mkv or webm
  --quality N           0 (small) to 100 (visually lossless)
  --trim FROM-TO        seconds or times such as 1:02.5; either may be left out
  --fps N               pictures a second, where INPUT is pictures; 25 without it
  --hdr WHAT            keep, convert or refuse
  --deinterlace         make whole pictures of interlaced ones
  --no-audio            leave the sound out
  --spec JSON|FILE      a whole specification, as the app shows it; other options change it
  --provider LIST       what runs the models, in this order: cuda,webgpu,cpu
  --force               overwrite OUTPUT
  --json                one JSON object a line on standard output, for programs

An interrupted enhance goes on where it was when it is called again with the same arguments.
It ends with 0 when done, 1 when it failed, 2 for wrong arguments, 130 when interrupted.`;
