import { describeBlobFolder } from '@clearreel/shared/segments/blob-folder.suite';
import { SegmentStore } from '@clearreel/shared/segments/segment-store';
import { wrap } from 'comlink';
import { afterAll, describe, expect, it } from 'vitest';
import type { FolderWorker } from './opfs-folder.testing.ts';

const workers: Worker[] = [];

function startWorker() {
  const worker = new Worker(new URL('./opfs-folder.testing.ts', import.meta.url), {
    type: 'module',
  });
  workers.push(worker);
  return { worker, folder: wrap<FolderWorker>(worker) };
}

const shared = startWorker();
let folders = 0;

async function emptyFolder(): Promise<string> {
  const name = `test-${folders++}`;
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true }).catch(() => {});
  return name;
}

afterAll(() => {
  for (const worker of workers) worker.terminate();
});

describeBlobFolder('a folder of the origin private file system', async () => {
  await shared.folder.open(await emptyFolder());
  return shared.folder;
});

describe('10. the origin private file system', () => {
  it('10.60 takes a file over from a worker that was ended while it wrote', async () => {
    const name = await emptyFolder();
    const first = startWorker();
    await first.folder.open(name);
    const second = startWorker();
    await second.folder.open(name);
    void first.folder.write('a', [new Uint8Array(64 * 2 ** 20)]);
    await expect.poll(() => second.folder.list(), { interval: 5 }).toEqual(['a']);
    first.worker.terminate();
    await second.folder.write('a', [Uint8Array.of(1)]);
    expect(await second.folder.read('a')).toEqual(Uint8Array.of(1));
  });

  it('10.61 holds segments for the store that reads them on the page', async () => {
    await shared.folder.open(await emptyFolder());
    const store = new SegmentStore(shared.folder);
    const packets = [
      { data: Uint8Array.of(1, 2), isKey: true, timestampSeconds: 0, durationSeconds: 0.04 },
    ];
    const stats = { reusedFrames: 0, reusedTiles: 0, tiles: 1 };
    await store.put({ index: 4, provider: 'wasm', config: { codec: 'avc1' }, packets, stats });
    expect(await store.complete()).toEqual([4]);
    expect((await store.get(4))?.packets).toEqual(packets);
  });
});
