/** The parts of @ffmpeg/core (an Emscripten module; it ships no types) that the rescue path touches. */
declare module '@ffmpeg/core' {
  export interface EmscriptenNode {
    readonly mode: number;
    node_ops: Record<string, unknown>;
    stream_ops: Record<string, unknown>;
  }
  export interface EmscriptenFs {
    createNode(
      parent: EmscriptenNode | null,
      name: string,
      mode: number,
      dev: number,
    ): EmscriptenNode;
    readonly ErrnoError: new (errno: number) => Error;
    readonly filesystems: {
      readonly WORKERFS: { readonly stream_ops: { read: (...args: unknown[]) => number } };
    };
  }
  export interface FfmpegCore {
    readonly FS: EmscriptenFs;
    logger: (line: { type: string; message: string }) => void;
    setLogger: (logger: FfmpegCore['logger']) => void;
  }
}
declare module '@ffmpeg/ffmpeg/worker';
