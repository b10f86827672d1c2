import type { FrameStamp } from './ffmpeg-log.ts';

/** What the ffmpeg worker tells. It filters ffmpeg's log, which is printed whole whatever `-v` says. */
export type WorkerNote =
  /** ffmpeg is alive: it read its input or counted frames. */
  | { readonly type: 'heartbeat'; readonly message: '' }
  /** A log line that may say what went wrong. */
  | { readonly type: 'complaint'; readonly message: string }
  /** One whole frame written to the outlet, with the stamp that `showinfo` printed for it. */
  | {
      readonly type: 'frame';
      readonly message: '';
      readonly data: Uint8Array<ArrayBuffer>;
      readonly stamp: FrameStamp;
    };
