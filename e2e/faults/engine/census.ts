import type { Page } from 'playwright';
import { EngineFault, everyAttempt } from './engine-fault.ts';

/** What is alive in the engine's worker. */
export interface Census {
  readonly framesMade: number;
  readonly framesLive: number;
  readonly mostFramesLive: number;
  readonly framesEncoded: number;
  /** Live GPU buffers each time the encoder took a frame. */
  readonly buffersLive: readonly number[];
}

const nothingCounted: Census = {
  framesMade: 0,
  framesLive: 0,
  mostFramesLive: 0,
  framesEncoded: 0,
  buffersLive: [],
};

declare global {
  interface Window {
    census?: Census;
    censusChannel?: BroadcastChannel;
  }
}

/** Counts what the engine takes and gives back, and tells the page on every change. */
function countInWorker(channelName: string): void {
  const channel = new BroadcastChannel(channelName);
  const frames = new Set<VideoFrame>();
  const buffersLive: number[] = [];
  let [framesMade, mostFramesLive, framesEncoded, buffers] = [0, 0, 0, 0];
  const tell = () => {
    const framesLive = frames.size;
    mostFramesLive = Math.max(mostFramesLive, framesLive);
    channel.postMessage({ framesMade, framesLive, mostFramesLive, framesEncoded, buffersLive });
  };
  const born = (frame: VideoFrame) => {
    framesMade++;
    frames.add(frame);
    tell();
    return frame;
  };
  const { clone, close } = VideoFrame.prototype;
  VideoFrame.prototype.clone = function () {
    return born(clone.call(this));
  };
  VideoFrame.prototype.close = function () {
    close.call(this);
    if (frames.delete(this)) tell();
  };
  globalThis.VideoFrame = new Proxy(VideoFrame, {
    construct: (target, given) => born(Reflect.construct(target, given)),
  });
  globalThis.VideoDecoder = new Proxy(VideoDecoder, {
    construct(target, [init]: [VideoDecoderInit]) {
      return new target({ ...init, output: (frame) => init.output(born(frame)) });
    },
  });
  const { encode } = VideoEncoder.prototype;
  VideoEncoder.prototype.encode = function (...given) {
    framesEncoded++;
    buffersLive.push(buffers);
    encode.apply(this, given);
    tell();
  };
  if (!('GPUDevice' in globalThis)) return;
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    buffers++;
    return createBuffer.call(this, descriptor);
  };
  const destroyed = new WeakSet<GPUBuffer>();
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function () {
    if (!destroyed.has(this)) buffers--;
    destroyed.add(this);
    return destroy.call(this);
  };
}

/** Counts from the next attempt at a job on. */
export async function takeCensus(page: Page): Promise<() => Promise<Census>> {
  const channelName = 'census';
  await page.addInitScript((name) => {
    window.censusChannel = new BroadcastChannel(name);
    window.censusChannel.onmessage = ({ data }) => {
      window.census = data;
    };
  }, channelName);
  await EngineFault.install(page, countInWorker, channelName, everyAttempt);
  return async () => (await page.evaluate(() => window.census)) ?? nothingCounted;
}
