import { afterEach, describe, expect, test } from 'vitest';
import { ortFiles } from '../inference/ort-files.ts';
import { type DownloadNews, downloadChannel } from './download-news.ts';
import { keepFile } from './large-files.ts';
import { localCopyOf } from './local-copy.ts';
import { largeFileCache } from './names.ts';

const { wasm } = ortFiles.wasm;

const sizeOf = async (url: string) => (await (await fetch(url)).arrayBuffer()).byteLength;

afterEach(() => caches.delete(largeFileCache));

describe('app 8 a runtime that somebody waits for', () => {
  test('app 8.24 tells how far it is, to its end, and arrives whole', async () => {
    const bytes = await sizeOf(wasm);
    const heard: DownloadNews[] = [];
    const channel = new BroadcastChannel(downloadChannel);
    channel.onmessage = ({ data }) => heard.push(data);
    const copy = await localCopyOf(wasm);
    expect(copy.url).toMatch(/^blob:/);
    expect(await sizeOf(copy.url)).toBe(bytes);
    await expect
      .poll(() => heard.at(-1))
      .toEqual({ url: wasm, receivedBytes: bytes, totalBytes: bytes });
    const steps = heard.map(({ receivedBytes }) => receivedBytes);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    channel.close();
    copy.release();
  });

  test('app 8.25 is loaded by its own address once it is kept, so that its compiled code is too', async () => {
    await keepFile(wasm, await sizeOf(wasm), () => {});
    expect((await localCopyOf(wasm)).url).toBe(wasm);
  });

  test('app 8.26 is not kept with another length than it should have', async () => {
    const bytes = await sizeOf(wasm);
    await expect(keepFile(wasm, bytes + 1, () => {})).rejects.toThrow(`${bytes} of ${bytes + 1}`);
    expect((await localCopyOf(wasm)).url).toMatch(/^blob:/);
  });
});
