import type { FfmpegCore } from '@ffmpeg/core';
import { type FrameStamp, isComplaint, isProgress, stampOf, withoutOrigin } from './ffmpeg-log.ts';
import { frameOutlet } from './frame-outlet.ts';
import type { WorkerNote } from './worker-note.ts';

const heartbeatMs = 500;
const unknownStamp: FrameStamp = { ticks: null, isKey: false };

type CreateCore = (options?: object) => Promise<FfmpegCore>;

/** Notes travel as log messages: that is the one channel that @ffmpeg/ffmpeg passes on as it is. */
const post = (data: WorkerNote, transfer: Transferable[] = []) =>
  (globalThis as unknown as DedicatedWorkerGlobalScope).postMessage(
    { type: 'LOG', data },
    transfer,
  );

function extend(core: FfmpegCore): FfmpegCore {
  let lastBeat = 0;
  const beat = () => {
    const now = performance.now();
    if (now - lastBeat < heartbeatMs) return;
    lastBeat = now;
    post({ type: 'heartbeat', message: '' });
  };

  // ffprobe prints nothing while it works: its reads tell slow from stuck.
  const files = core.FS.filesystems.WORKERFS.stream_ops;
  const read = files.read;
  files.read = (...args) => {
    beat();
    return read(...args);
  };

  // `showinfo` sits last in the filter chain, so its lines come in the order in which frames leave.
  const stamps: FrameStamp[] = [];
  core.setLogger = () => {
    core.logger = ({ message: line }) => {
      const message = withoutOrigin(line);
      const stamp = stampOf(message);
      if (stamp !== null) stamps.push(stamp);
      else if (isProgress(message)) beat();
      else if (isComplaint(message)) post({ type: 'complaint', message });
    };
  };
  const outlet = frameOutlet(core.FS, (data) =>
    post({ type: 'frame', message: '', data, stamp: stamps.shift() ?? unknownStamp }, [
      data.buffer,
    ]),
  );
  Object.assign(core.FS.filesystems, {
    FRAMEOUTLET: {
      mount(mount: { opts: unknown }) {
        stamps.length = 0;
        return outlet.mount(mount);
      },
    },
  });
  return core;
}

// @ffmpeg/ffmpeg's worker assigns the core's factory to this global and calls it from there.
let create: CreateCore | undefined;
Object.defineProperty(globalThis, 'createFFmpegCore', {
  get: () => create,
  set(factory: CreateCore) {
    create = async (options) => extend(await factory(options));
  },
});
