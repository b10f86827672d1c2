/**
 * Faults for `EngineFault`: each runs in the worker before the engine does. Frames are those of the job's segments as
 * the encoder is given them, counted from 1 in each worker.
 */

/** From this frame on the encoder refuses what it is given. */
export function failingEncoder({ frame }: { frame: number }): void {
  let frames = 0;
  const { encode } = VideoEncoder.prototype;
  VideoEncoder.prototype.encode = function (...given) {
    if (isJobFrame() && ++frames >= frame)
      throw new DOMException('the encoder gave up', 'EncodingError');
    encode.apply(this, given);
  };
}

/** At this frame the worker throws outside every call, which ends it. */
export function crashingWorker({ frame }: { frame: number }): void {
  let frames = 0;
  const { encode } = VideoEncoder.prototype;
  VideoEncoder.prototype.encode = function (...given) {
    if (isJobFrame() && ++frames === frame) {
      setTimeout(() => {
        throw new Error('the worker fell over');
      });
    }
    encode.apply(this, given);
  };
}

/** At this frame the worker is gone without a word. */
export function vanishingWorker({ frame }: { frame: number }): void {
  let frames = 0;
  const { encode } = VideoEncoder.prototype;
  VideoEncoder.prototype.encode = function (...given) {
    if (isJobFrame() && ++frames === frame) self.close();
    encode.apply(this, given);
  };
}

/** At this frame the worker computes for ever and answers nobody. */
export function frozenWorker({ frame }: { frame: number }): void {
  let frames = 0;
  const { encode } = VideoEncoder.prototype;
  VideoEncoder.prototype.encode = function (...given) {
    encode.apply(this, given);
    if (!isJobFrame() || ++frames < frame) return;
    for (;;);
  };
}

/** At this frame a promise is rejected that nobody waits for. */
export function forgottenRejection({ frame }: { frame: number }): void {
  let frames = 0;
  const { encode } = VideoEncoder.prototype;
  VideoEncoder.prototype.encode = function (...given) {
    if (isJobFrame() && ++frames === frame) void Promise.reject(new Error('nobody waits for this'));
    encode.apply(this, given);
  };
}

/** From this frame on the encoder takes what it is given and gives nothing back. */
export function silentEncoder({ frame }: { frame: number }): void {
  let frames = 0;
  const { encode, flush } = VideoEncoder.prototype;
  VideoEncoder.prototype.encode = function (...given) {
    if (!isJobFrame() || ++frames < frame) encode.apply(this, given);
  };
  VideoEncoder.prototype.flush = function () {
    return frames < frame ? flush.call(this) : new Promise(() => {});
  };
}

/** After this many chunks the decoder swallows what it is given; counted from the first one, or only while the job runs. */
export function silentDecoder({ chunks, of }: { chunks: number; of: 'all' | 'job' }): void {
  let taken = 0;
  const { decode, flush } = VideoDecoder.prototype;
  VideoDecoder.prototype.decode = function (chunk) {
    if (of === 'all' || isJobFrame()) taken++;
    if (taken <= chunks) decode.call(this, chunk);
  };
  VideoDecoder.prototype.flush = function () {
    return taken <= chunks ? flush.call(this) : new Promise(() => {});
  };
}

/** After this many bytes every write to the browser's file system finds the disk full. */
export function fullDisk({ bytes }: { bytes: number }): void {
  let written = 0;
  type Write = (this: unknown, buffer: Uint8Array, options?: { at: number }) => number;
  // TypeScript's DOM library leaves out what only workers have.
  const { FileSystemSyncAccessHandle: handle } = globalThis as unknown as {
    FileSystemSyncAccessHandle: { prototype: { write: Write } };
  };
  const { write } = handle.prototype;
  handle.prototype.write = function (buffer, options) {
    written += buffer.byteLength;
    if (written > bytes) throw new DOMException('the disk is full', 'QuotaExceededError');
    return write.call(this, buffer, options);
  };
}

/** The result file cannot grow past this many bytes, while segments still find room. */
export function fullDiskAtJoin({ bytes }: { bytes: number }): void {
  let written = 0;
  const { getWriter } = WritableStream.prototype;
  WritableStream.prototype.getWriter = function () {
    const writer = getWriter.call(this);
    if (!(this instanceof FileSystemWritableFileStream)) return writer;
    const write = writer.write.bind(writer);
    const close = writer.close.bind(writer);
    const checked = async (work: () => Promise<void>) => {
      if (written <= bytes) return work();
      const full = new DOMException('the disk is full', 'QuotaExceededError');
      await writer.abort(full).catch(() => {}); // A write that fails ends the stream.
      throw full;
    };
    writer.write = (chunk) => {
      written += (chunk as { data: Uint8Array }).data.byteLength;
      return checked(() => write(chunk));
    };
    writer.close = () => checked(close);
    return writer;
  };
}

/** The GPU is taken away this long after a device was handed out. */
export function lostDevice({ afterMs }: { afterMs: number }): void {
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    setTimeout(() => device.destroy(), afterMs);
    return device;
  };
}

/** The browser says that it has only this much room left. */
export function littleRoom({ bytes }: { bytes: number }): void {
  StorageManager.prototype.estimate = async () => ({ quota: bytes, usage: 0 });
}
