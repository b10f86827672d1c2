/**
 * Every notice: what the user should know though it does not stop the job. `{name}` is filled from the notice's
 * `detail`. Codes are never renamed or reused. No text needs a plural.
 */
export const noticeTexts = {
  SOURCE_CUT_SHORT: 'The file is incomplete: its end is missing. What is there is kept.',
  SOURCE_DAMAGED: 'The file is damaged: parts of it may be missing. All that can be read is kept.',
  FRAMES_DAMAGED:
    '{lost} of {total} frames are damaged and could not be read. All others are kept.',
  SPAN_DAMAGED:
    '{lost} of {total} frames between {startSeconds} s and {endSeconds} s are damaged and could not be read. All others are kept.',
  FRAMES_NOT_DECODED: 'Damaged frames that could not be read: {lost}. All others are kept.',
  SEQUENCE_GAPS:
    'Numbers missing in the sequence: {missing}, the first after {after}. The pictures that are there follow one another without a pause.',
  VIDEO_TRACKS_LEFT_OUT:
    'The file has {count} video tracks; the first is enhanced, the others are left out.',

  HDR_CONVERTED: 'The video is HDR; the result is converted to SDR.',
  BIT_DEPTH_REDUCED: 'The source has {bits} bits per colour channel; the result has 8.',
  BIT_DEPTH_TEN: 'The source has {bits} bits per colour channel; the result has 10.',
  INTERLACED:
    'The video is interlaced: moving edges may show as combs. The server can make whole pictures of it first, if you choose so.',
  ALPHA_DROPPED: 'Transparency is not kept: transparent parts become opaque.',
  SIZE_ROUNDED:
    '{fromWidth}×{fromHeight} is rounded up to {width}×{height}, because this codec needs even sides. VP9 and AV1 do not.',
  COVER_LEFT_OUT: 'WebM has no place for cover art; it is left out. MKV, MP4 and MOV have one.',
  ATTACHMENTS_LEFT_OUT:
    '{container} has no place for attached files; left out: {names}. MKV has one.',

  AUDIO_REENCODED:
    'Audio track {number} ({codec}, {languageCode}) is re-encoded as {newCodec}, because {container} cannot hold it.',
  AUDIO_TO_FLAC: 'The sound is {codec}, which cannot be copied; it becomes FLAC, without loss.',
  AUDIO_TO_AAC: 'The sound is {codec}, which cannot be copied; it becomes AAC.',
  AUDIO_LOST: 'An audio track ({codec}) cannot be read and is left out: {reason}.',

  TEXTS_LOST: 'Subtitles and chapters could not be read and are left out: {reason}.',
  SUBTITLES_LOST: 'Subtitles that are pictures cannot be kept and are left out ({tracks}).',
  SUBTITLES_BESIDE: 'Subtitles are saved beside the result, because {reason}.',
  SUBTITLE_STYLES_BESIDE:
    'Styled subtitles are in the result as plain text; their styles are saved beside it.',
  CHAPTERS_BESIDE: 'Chapters are saved beside the result, because {reason}.',
  HDR_METADATA_LEFT_OUT:
    'What the source tells HDR displays of its brightness and colours is left out, because {reason}.',

  RESTARTED: '{cause} The engine was restarted and went on with the next part.',
  FALLBACK_WASM:
    '{cause} After {attempts} attempts the job goes on without the GPU, which is slower.',
  FALLBACK_FFMPEG_DECODER:
    '{cause} After {attempts} attempts the job goes on with the ffmpeg decoder, which is slower.',
  FALLBACK_FFMPEG_ENCODER:
    '{cause} After {attempts} attempts the job starts again with the ffmpeg encoder, since one video cannot mix encoders.',
} as const satisfies Record<string, string>;

export type NoticeCode = keyof typeof noticeTexts;
