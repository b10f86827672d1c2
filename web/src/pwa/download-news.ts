/** How far a download is that somebody waits for, told by whichever worker does it to every page. */
export interface DownloadNews {
  readonly url: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

/** By which workers tell and pages hear. */
export const downloadChannel = 'clearreel-downloads';

const newsEveryMs = 100;

let channel: BroadcastChannel | undefined;
const open = () => {
  channel ??= new BroadcastChannel(downloadChannel);
  return channel;
};

/** Gives a function to call with the bytes received so far. */
export function tellDownload(url: string, totalBytes: number): (receivedBytes: number) => void {
  let lastMs = 0;
  return (receivedBytes) => {
    const nowMs = performance.now();
    if (nowMs - lastMs < newsEveryMs && receivedBytes < totalBytes) return;
    lastMs = nowMs;
    open().postMessage({ url, receivedBytes, totalBytes } satisfies DownloadNews);
  };
}

export function hearDownloads(listener: (news: DownloadNews) => void): void {
  open().addEventListener('message', ({ data }: MessageEvent<DownloadNews>) => listener(data));
}
