import { type Detail, fill, type Text, type WithDetail } from '../texts/text.ts';

/**
 * Why something was chosen (whole sentences), and what stands behind an error or a notice (parts of a sentence).
 * `{name}` is filled from the `detail`. Codes are never renamed or reused.
 */
export const reasonTexts = {
  GPU_WORKS: 'The GPU does the work: {gpu}.',
  GPU_WORKS_UNNAMED: 'The GPU does the work.',
  GPU_WANTED: 'You chose the GPU ({gpu}).',
  GPU_WANTED_UNNAMED: 'You chose the GPU.',
  CPU_WANTED: 'You chose the processor.',
  CPU_WORKS: 'The processor does the work: {obstacle}.',
  PROVIDER_WORKS: '{provider} does the work.',
  PROVIDER_WANTED: 'You chose {provider}.',
  DONE_BEFORE: 'All parts were there already.',

  DEMUXER_MEDIABUNNY: 'mediabunny reads {format}.',
  DEMUXER_PICTURES: 'The pictures of the sequence are read one by one.',
  DEMUXER_FFMPEG: 'Only ffmpeg reads {container} files.',
  DECODER_WANTED: 'You chose this decoder.',
  DECODER_WEBCODECS: 'WebCodecs decodes {codec}: the first frame decoded.',
  DECODER_PICTURES: 'The browser decodes {codec} pictures.',
  DECODER_FFMPEG: 'WebCodecs cannot decode {codec}: {obstacle}.',
  DECODER_SHARP: 'libvips decodes {codec} pictures here.',
  DECODER_NODE_AV: 'FFmpeg decodes {codec} here.',
  DECODER_OF_DEMUXER: 'ffmpeg reads the file, so it decodes {codec} too.',
  ENCODER_WANTED: 'You chose this encoder.',
  ENCODER_WEBCODECS: 'WebCodecs encodes {codec} here.',
  ENCODER_NODE_AV: 'FFmpeg encodes {codec} here, with {name}.',
  ENCODER_FFMPEG: 'WebCodecs cannot encode {codec} at {width}×{height}: {obstacle}.',

  NO_WEBGPU: 'this browser does not let pages use the GPU (no WebGPU)',
  NO_ADAPTER: 'this browser offers no WebGPU adapter',
  NO_WEBGPU_CANVAS: 'the browser has no WebGPU canvas in a worker',
  GPU_EMULATED: 'the browser’s GPU is only emulated ({gpu}), which is about 100 times slower',
  GPU_BUFFER_SMALL:
    'the enhanced picture needs {neededBytes} in one piece and this GPU allows {allowedBytes}',
  GPU_CANVAS_SMALL:
    'the result is {width}×{height} and this GPU draws at most {limit} pixels a side',
  NO_WEBCODECS: 'this browser has no WebCodecs',
  NO_DECODER: 'this browser has no decoder for it',
  DECODER_SILENT: 'its decoder gave no frame',
  ENCODER_REFUSES: 'its encoder does not take these settings',

  PROVIDER_OBSTACLE: '{provider}: {obstacle}',
  OBSTACLES: '{first}; {second}',
  NO_SUCH_PROVIDER: 'onnxruntime has none for this system',
  CUDA_NOT_INSTALLED: 'onnxruntime’s CUDA files are not installed',
  NO_GPU_FOUND: 'no GPU was found that it can use',
  PROBE_ENDED: 'a trial crashed ({reason})',
  PROBE_SILENT: 'a trial did not end within {seconds} s',
  PROBE_SLOW: 'a trial was {times} times slower than on the processor, as on emulated GPUs',
  MODEL_FILE_CHANGED: '{file} is not the file that the manifest describes',

  INDEX_MISSING: 'its index is missing, so the file is incomplete',
  NO_VIDEO_LISTED: 'the {container} lists no video',
  NO_TRACKS: 'no track was found in it',
  NO_PICTURE_SIZE: 'it states no possible picture size',
  NO_PICTURES: 'it holds no pictures (PNG, JPEG or WebP)',
  ZIP_DAMAGED: 'the ZIP is damaged or incomplete',
  PICTURE_CUT_SHORT: 'the picture ends too early',
  PICTURE_TOO_LONG: '{name} is {bytes}, far more than a picture of its size takes',
  UNKNOWN_CODEC: 'an unknown codec',
  UNKNOWN_TRANSFER: 'wide range',

  NO_SUCH_MODEL: 'no model has this name, only {known}',
  NO_FP32_FILE: 'it has no fp32 file',

  ENDED_BY_SIGNAL: 'it was ended by {signal}',
  ENDED_WITH_STATUS: 'it ended with status {status}',
  HEARD_NOTHING: 'nothing was heard of it for too long',
  CURSOR_OF_THIS_LIST: 'a cursor that this list gave',

  AT_MOST: 'at most {limit}',
  AT_LEAST: 'at least {limit}',
  MORE_THAN: 'more than {limit}',
  ONE_OF: 'one of {values}',
  OF_TYPE: 'of the type {type}',
  OF_FORM: 'of the form {pattern}',
  WHOLE_NUMBER: 'a whole number',
  WITHOUT: 'without {names}, which is not known',
  START_BEFORE_END: 'a start before the end',
  WIDTH_OR_HEIGHT: 'a width, a height, or both',
  TRIM_SPAN: 'a span with at least one frame, inside 0 to {durationSeconds} s',
  TILE_TOO_SMALL:
    'large enough for a halo of {halo} pixels in multiples of {multipleOf} inside {width}×{height}',

  SPACE_ABOUT: 'about {neededBytes}',
  SPACE_MORE: 'more space',
  SPACE_LEFT: 'only {freeBytes} left',
  SPACE_NONE: 'no more room',

  PART_MISSING: 'part {part} is missing',
  PART_DIFFERS: 'part {part} was encoded differently',
  FRAMES_DIFFER: '{given} frames went in, {received} came out',
  NO_FRAME_GIVEN: 'no frame was given',
  ENCODER_REFUSES_FRAME: 'it takes no {format} frames',
  ENCODER_SIDES: 'this encoder makes no side shorter than {leastPx} pixels',
  NO_VIDEO_OUT: 'no video came out',
  NO_SOUND_OUT: 'no sound came out',
  SOUND_MISSING: '{lost} packets of the sound are missing',
  FRAME_UNEXPECTED: 'a frame is {format} of {width}×{height}',
  ENCODER_CLOSED: 'it was closed',
  ENCODER_REORDERS: 'it reorders frames',
  FFMPEG_NOT_LOADED: 'ffmpeg did not load: {reason}',
  FFMPEG_CRASHED: 'ffmpeg: {reason}',

  NOTHING_TO_ADD: 'there is no text to put in',
  MODEL_FOR_COMPRESSED:
    '{model} is made for compressed video, and comes about as close to the original as the best here.',
  MODEL_FOR_SCREEN: '{model} is made for text on screens.',
  MODEL_FOR_CLEAN: '{model} comes closest to the original by far where the source is clean.',
  MODEL_FOR_DRAWN:
    '{model} is made for drawn video. It repaints detail; how close it comes was not measured on drawings.',
  MODEL_IN_TIME:
    '{better} would take about {betterMinutes} min here, more than {limitMinutes} min. {model} takes about {minutes} min.',
  MODEL_LIGHTEST:
    '{better} would take about {betterMinutes} min here. Even {model}, the lightest, takes about {minutes} min.',
  MODEL_IN_MEMORY:
    '{better} would need {neededBytes} of memory here, more than {hasBytes}. {model} needs less.',
  SIZE_DOUBLED: 'Twice the width and height: {width}×{height}.',
  SIZE_LIMITED: 'Not larger than {width}×{height}, because {obstacle}.',
  PLACE_DEVICE: 'This device can do it, and nothing leaves it.',
  PLACE_TOO_LARGE: 'This is too much for this device: {obstacle}.',
  PLACE_SERVER: 'The server ({server}) can do it; for this device it is too much: {obstacle}.',
  LARGER_THAN_8K: '{width}×{height} is more than 8K, the most that codecs and players take',
  NOT_ENCODED: 'nothing here encodes {codec} at {width}×{height}',
  MEMORY_SHORT: 'it needs {neededBytes} of memory, and {hasBytes} can be counted on',
  STORAGE_SHORT: 'it needs {neededBytes} of storage, and {freeBytes} are free',
  TAKES_MINUTES: 'it takes about {minutes} min',

  TOKEN_FORM: '“generate”, or 16 to 256 letters, digits or any of -._~+/=',
  TOKEN_NEEDED: 'set (“generate” makes one), because others can reach {host}',
  HOST_NAMES: 'a list of host names without “https://” and port',
  ADDRESS_HERE: 'an address of this machine',
  PORT_ALLOWED: 'a port that this user may listen on (below 1024 that takes rights)',
  READER_DIED: 'reading it ended the program that tried',
  LOGGED: 'the server’s log says more under {requestId}',

  PICTURE_SUBTITLES: '{container} has no place for subtitles that are pictures',
  TOO_LARGE_TO_REWRITE: 'the result is too large to be rewritten in memory',
  WOULD_CHANGE: 'it would change the result',
} as const satisfies Record<string, string>;

export type ReasonCode = keyof typeof reasonTexts;

export type ReasonArgs = {
  [C in ReasonCode]: WithDetail<[code: C], (typeof reasonTexts)[C]>;
}[ReasonCode];

/** A part of a sentence, to be the detail of an error or a notice. */
export function because(...[code, given]: ReasonArgs): Text {
  const detail: Detail = given ?? {};
  return { code, detail, message: fill(reasonTexts[code], detail) };
}
