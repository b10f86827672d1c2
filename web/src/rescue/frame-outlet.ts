import type { EmscriptenFs, EmscriptenNode } from '@ffmpeg/core';

/** What a mount of the outlet is told. */
export interface OutletOptions {
  readonly frameBytes: number;
  /**
   * One shared integer: how many more frames may leave before ffmpeg sleeps. `null` (a page that is not
   * cross-origin isolated) never lets it sleep.
   */
  readonly credits: Int32Array<SharedArrayBuffer> | null;
}

/** Credit value that makes ffmpeg's next write fail, so that a run nobody reads any more ends. */
export const closedOutlet = -1_000_000;

/** Emscripten's (WASI's) numbers for EIO and ENOENT. */
const ioError = 29;
const noSuchFile = 44;
const directoryMode = 0o40777;
const fileMode = 0o100666;

const attributes = (node: EmscriptenNode) => {
  const time = new Date(0);
  const fixed = { dev: 1, ino: 1, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, blocks: 0 };
  return { ...fixed, mode: node.mode, atime: time, mtime: time, ctime: time, blksize: 4096 };
};

/**
 * A write-only file system with one file, `frames`, that hands every whole frame to `send` instead of
 * keeping it, and puts ffmpeg to sleep while nobody takes them. ffmpeg runs synchronously and cannot be
 * paused otherwise: without this, decoded frames would pile up, or every window would decode again from
 * the last key frame.
 */
export function frameOutlet(fs: EmscriptenFs, send: (frame: Uint8Array<ArrayBuffer>) => void) {
  const takeCredit = (credits: Int32Array<SharedArrayBuffer>) => {
    for (let left = Atomics.load(credits, 0); left <= 0; left = Atomics.load(credits, 0)) {
      if (left <= closedOutlet) throw new fs.ErrnoError(ioError);
      Atomics.wait(credits, 0, left);
    }
    Atomics.sub(credits, 0, 1);
  };
  return {
    mount({ opts }: { opts: unknown }): EmscriptenNode {
      const { frameBytes, credits } = opts as OutletOptions;
      let frame = new Uint8Array(frameBytes);
      let filled = 0;
      const root = fs.createNode(null, '/', directoryMode, 0);
      root.node_ops = {
        getattr: attributes,
        setattr() {},
        // Only reached for names that are not there; without it every look-up is refused.
        lookup() {
          throw new fs.ErrnoError(noSuchFile);
        },
      };
      root.stream_ops = {};
      const file = fs.createNode(root, 'frames', fileMode, 0);
      file.node_ops = { getattr: attributes, setattr() {} };
      file.stream_ops = {
        llseek: (_stream: unknown, offset: number) => offset,
        write(_stream: unknown, buffer: Uint8Array, offset: number, length: number) {
          for (let read = 0; read < length; ) {
            const count = Math.min(length - read, frameBytes - filled);
            frame.set(buffer.subarray(offset + read, offset + read + count), filled);
            filled += count;
            read += count;
            if (filled < frameBytes) continue;
            if (credits !== null) takeCredit(credits);
            send(frame);
            frame = new Uint8Array(frameBytes);
            filled = 0;
          }
          return length;
        },
      };
      return root;
    },
  };
}
