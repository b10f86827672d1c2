/**
 * Every error that a user can meet: its stable code, one sentence that says what is wrong, and one that
 * says what to do. `{name}` is filled from the error's `detail`. Codes are never renamed or reused.
 */
export const errorTexts = {
  SOURCE_EMPTY: {
    message: 'The file is empty (0 bytes).',
    todo: 'Pick another file, or copy this one again from where it came from.',
  },
  SOURCE_UNREADABLE: {
    message: 'This is not a video that can be read: {reason}.',
    todo: 'Check that the file plays elsewhere. If it does, convert it to MP4 first.',
  },
  SOURCE_NO_VIDEO: {
    message: 'The file has no video track.',
    todo: 'Pick a file that contains a picture.',
  },
  SOURCE_NO_FRAMES: {
    message: 'Not one frame of the video could be decoded.',
    todo: 'The file is damaged or incomplete. Copy it again from where it came from.',
  },
  SOURCE_ENCRYPTED: {
    message: 'The file is encrypted (copy protection or a password), so its frames cannot be read.',
    todo: 'Use a copy without copy protection or password.',
  },
  SOURCE_SINGLE_PICTURE: {
    message: 'This is a single picture, not a video.',
    todo: 'Choose all pictures of a sequence together, or their folder, or a ZIP of them.',
  },
  SEQUENCE_SIZES: {
    message:
      'The pictures of the sequence differ in size: {name} has {width}×{height}, the first has {firstWidth}×{firstHeight}.',
    todo: 'Put pictures of one size together, or bring them to one size first.',
  },
  SOURCE_TOO_LARGE: {
    message:
      'The video claims a picture of {width}×{height} pixels; at most {limitMegapixels} megapixels can be processed.',
    todo: 'Scale the video down first, or check whether the file is damaged.',
  },
  SOURCE_HDR: {
    message: 'The video is HDR ({transfer}), which cannot be kept here: the result would be SDR.',
    todo: 'Allow the conversion to SDR in the settings.',
  },
  SOURCE_CHANGED: {
    message: 'The file has changed since it was picked, or it is gone.',
    todo: 'Pick the file again.',
  },
  SOURCE_MISMATCH: {
    message: 'This is not the file that the job was started with.',
    todo: 'Pick the original file ({name}), or start a new job with this one.',
  },
  SAMPLE_MISSING: {
    message: 'The sample could not be loaded: {reason}.',
    todo: 'Check the connection and try again, or choose a video of your own.',
  },
  DECODER_MISSING: {
    message: 'Nothing here can decode {codec}.',
    todo: 'Convert the video with another program first, to H.264 for example.',
  },
  DECODER_FAILED: {
    message: 'The decoder stopped: {reason}.',
    todo: 'Choose the other decoder in the settings and continue.',
  },
  ENCODER_MISSING: {
    message: 'Nothing here can encode {codec} at {width}×{height}.',
    todo: 'Choose another codec or a smaller size.',
  },
  ENCODER_FAILED: {
    message: 'The encoder stopped: {reason}.',
    todo: 'Continue; if it stops again, choose another codec.',
  },
  CONTAINER_CODEC: {
    message: 'A {container} file cannot hold {codec} video.',
    todo: 'Choose one of these codecs: {allowed}.',
  },
  CONTAINER_AUDIO: {
    message: 'A {container} file cannot hold this sound ({codec}), and nothing here converts it.',
    todo: 'Choose one of these file types: {allowed}; or leave the sound out.',
  },
  SPEC_INVALID: {
    message: 'The setting {option} is not valid: it must be {mustBe}.',
    todo: 'Correct it and start again.',
  },
  MODEL_MISSING: {
    message: 'The model {model} could not be loaded: {reason}.',
    todo: 'Check the connection, reload the page, or choose another model.',
  },
  PROVIDER_MISSING: {
    message: 'Models cannot run on {provider} here: {reason}.',
    todo: 'Let the app choose what does the work.',
  },
  DEVICE_LOST: {
    message: 'The GPU was lost: {reason}.',
    todo: 'Continue; finished parts are kept.',
  },
  INFERENCE_FAILED: {
    message: 'The model stopped: {reason}.',
    todo: 'Continue; if it stops again, choose a smaller model, or the processor instead of the GPU.',
  },
  STORAGE_FULL: {
    message: 'The job needs {needed}, but the storage has {free}.',
    todo: 'Free some space or delete old results, then continue: finished parts are kept.',
  },
  STORAGE_DENIED: {
    message: 'Files cannot be stored here: {reason}.',
    todo: 'In a browser, leave private browsing or allow storage for this site; on a server or the command line, allow writing into the folder.',
  },
  OFFLINE_FAILED: {
    message: 'What jobs need without a network could not be fetched: {reason}.',
    todo: 'Nothing is lost: it is tried again on the next visit, or when you ask for it.',
  },
  SHARE_LOST: {
    message: 'The files that another app shared did not arrive.',
    todo: 'Pick them here instead.',
  },
  STAGE_STALLED: {
    message: 'The stage “{stage}” made no progress for {seconds} s.',
    todo: 'Continue; finished parts are kept.',
  },
  WORKER_CRASHED: {
    message: 'The engine crashed: {reason}.',
    todo: 'Reload the page and continue; finished parts are kept.',
  },
  JOB_BUSY: {
    message: 'This job is running in another tab.',
    todo: 'Go to that tab, or close it and continue here.',
  },
  JOB_MISSING: {
    message: 'There is no such job.',
    todo: 'Reload the page.',
  },
  JOB_CHANGED: {
    message: 'The job has changed meanwhile, perhaps in another tab.',
    todo: 'Look at where it is now, and then decide.',
  },
  CANCELLED: {
    message: 'The job was cancelled.',
    todo: 'Start it again when you like.',
  },
  JOIN_FAILED: {
    message: 'The finished parts could not be joined: {reason}.',
    todo: 'Continue to try again; the parts are kept.',
  },
  INTERNAL: {
    message: 'Something unexpected went wrong: {reason}.',
    todo: 'Continue; if it happens again, report it with the details.',
  },
} as const satisfies Record<string, { message: string; todo: string }>;

export type ErrorCode = keyof typeof errorTexts;
