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
  CODEC_HDR: {
    message: 'HDR cannot be kept in {codec}: players show it in other codecs only.',
    todo: 'Choose one of these codecs: {allowed}; or allow the conversion to SDR.',
  },
  DEINTERLACE_MISSING: {
    message: 'Whole pictures cannot be made of interlaced ones here.',
    todo: 'Let the server do this job, or leave the pictures as they are.',
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
  WORKER_LOST: {
    message: 'The process that worked on the job was lost: {reason}.',
    todo: 'Try again; finished parts are kept.',
  },
  STORE_BUSY: {
    message: 'Another server uses the folder {folder}.',
    todo: 'Stop it, or choose another folder with CLEARREEL_DATA.',
  },
  STORE_NEWER: {
    message: 'The jobs in {path} were kept by a newer version of ClearReel.',
    todo: 'Start that version, or choose another folder with CLEARREEL_DATA.',
  },
  CANCELLED: {
    message: 'The job was cancelled.',
    todo: 'Start it again when you like.',
  },
  JOIN_FAILED: {
    message: 'The finished parts could not be joined: {reason}.',
    todo: 'Continue to try again; the parts are kept.',
  },
  ADDRESS_UNKNOWN: {
    message: 'There is nothing at this address.',
    todo: 'Check the address; /api/v1/docs lists what there is.',
  },
  REQUEST_INVALID: {
    message: 'The request’s {option} is not valid: it must be {mustBe}.',
    todo: 'Correct it and send the request again.',
  },
  REQUEST_UNREADABLE: {
    message: 'The request cannot be read: {reason}.',
    todo: 'Correct it and send it again.',
  },
  REQUEST_TOO_LARGE: {
    message: 'The request is too large: at most {limitBytes} are read.',
    todo: 'Send less, or send a file as a resumable upload.',
  },
  REQUESTS_TOO_MANY: {
    message: 'Too many requests came from here.',
    todo: 'Wait {seconds} s and try again.',
  },
  TOKEN_WRONG: {
    message: 'This server needs an access token, and none or a wrong one was sent.',
    todo: 'Enter the token that the server was started with.',
  },
  LINK_INVALID: {
    message: 'This link is not valid, or not any more.',
    todo: 'Open the job again to get a fresh one.',
  },
  HOST_REFUSED: {
    message: 'The server does not answer under the name {host}.',
    todo: 'Use its own address, or name this one in CLEARREEL_HOSTS.',
  },
  ORIGIN_REFUSED: {
    message: 'Pages of {origin} may not use this server.',
    todo: 'Open the app from the server itself, or name the origin in CLEARREEL_ORIGINS.',
  },
  SETTING_INVALID: {
    message: 'The setting {option} is not valid: it must be {mustBe}.',
    todo: 'Correct it and start the server again.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    message: 'This Idempotency-Key was used before, for another request.',
    todo: 'Choose a new key.',
  },
  UPLOAD_MISSING: {
    message: 'There is no such upload.',
    todo: 'It may have expired; upload the file again.',
  },
  UPLOAD_UNFINISHED: {
    message: 'The upload is not complete: {receivedBytes} of {totalBytes} have arrived.',
    todo: 'Send the rest first.',
  },
  UPLOAD_IN_USE: {
    message: 'A job uses this upload.',
    todo: 'Delete the job; its upload goes with it.',
  },
  UPLOAD_TOO_LARGE: {
    message: 'The file is too large for this server: it takes at most {limitBytes}.',
    todo: 'Process it on your device, or let the server’s owner raise CLEARREEL_UPLOAD_LIMIT_GB.',
  },
  UPLOAD_NOT_VIDEO: {
    message: 'By its content the file is no video ({type}).',
    todo: 'Choose a video, or numbered pictures (PNG, JPEG, WebP) in a ZIP.',
  },
  DISK_LOW: {
    message:
      'The server’s disk is nearly full: {freeBytes} are free, and {keptFreeBytes} have to stay free.',
    todo: 'Delete old jobs, or try again later.',
  },
  FILE_DIFFERS: {
    message: 'The file is not the one that the request’s conditions ask for.',
    todo: 'Ask for it again without If-Match and If-Unmodified-Since.',
  },
  RANGE_OUTSIDE: {
    message: 'The file has no such part.',
    todo: 'Ask for bytes inside the length that Content-Range says.',
  },
  METHOD_REFUSED: {
    message: 'This address does not take {method}.',
    todo: 'Use {allowed}; /api/v1/docs says what each does.',
  },
  FILE_GONE: {
    message: 'The file is not there any more.',
    todo: 'Make the job again.',
  },
  UPLOAD_OFFSET: {
    message: 'The upload goes on at another place than the one that was sent.',
    todo: 'Ask how much has arrived, and go on from there.',
  },
  SERVER_AWAY: {
    message: 'The server at {server} cannot be reached.',
    todo: 'Check the connection, and whether the server runs.',
  },
  SERVER_REFUSED: {
    message: 'The server’s answer is of no use: {reason}.',
    todo: 'Try again; if it happens again, look into the server’s log.',
  },
  SERVER_BLOCKED: {
    message: 'This page may not ask {server} for anything.',
    todo: 'Open the app from that server, or name it in CLEARREEL_SERVERS of the server that this page comes from.',
  },
  SERVER_LOST_JOB: {
    message: 'The server does not have this job any more.',
    todo: 'Try again: the file is sent once more.',
  },
  SERVER_DELETES_LATER: {
    message: 'The server has not deleted the job yet: {reason}.',
    todo: 'The job stays marked here and is deleted as soon as the server answers.',
  },
  RESULT_CUT_SHORT: {
    message: 'Of the result only {receivedBytes} of {totalBytes} came.',
    todo: 'Save it again.',
  },
  INTERNAL: {
    message: 'Something unexpected went wrong: {reason}.',
    todo: 'Continue; if it happens again, report it with the details.',
  },
} as const satisfies Record<string, { message: string; todo: string }>;

export type ErrorCode = keyof typeof errorTexts;
