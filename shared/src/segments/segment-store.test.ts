import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeBlobFolder } from './blob-folder.suite.ts';
import { MemoryFolder } from './memory-folder.testing.ts';
import { SegmentStore, type StoredSegment } from './segment-store.ts';

describeBlobFolder('a folder in memory', async () => new MemoryFolder());

const segment = (index: number): StoredSegment => ({
  index,
  provider: 'wasm',
  config: { codec: 'avc1.640028', codedWidth: 16, description: Uint8Array.of(1, 100, 0, 40) },
  packets: [
    { data: Uint8Array.of(5, 6, 7), isKey: true, timestampSeconds: 1 / 3, durationSeconds: 0.04 },
    { data: Uint8Array.of(8), isKey: false, timestampSeconds: 0.4, durationSeconds: 0.04 },
  ],
  stats: { reusedFrames: 1, reusedTiles: 2, tiles: 3 },
});

async function stored(): Promise<{ folder: MemoryFolder; store: SegmentStore }> {
  const folder = new MemoryFolder();
  const store = new SegmentStore(folder);
  await store.put(segment(0));
  return { folder, store };
}

const [dataName, sidecarName] = ['000000.packets', '000000.json'];

describe('10. segments in a store', () => {
  it('10.30 come back as they were put, to the last bit of a timestamp', async () => {
    const { store } = await stored();
    expect(await store.get(0)).toEqual(segment(0));
  });

  it('10.31 may have any timestamps, sizes and numbers of packets', async () => {
    const packet = fc.record({
      data: fc.uint8Array({ maxLength: 40 }),
      isKey: fc.boolean(),
      timestampSeconds: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
      durationSeconds: fc.double({ min: 0, max: 10, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(packet, { maxLength: 8 }), async (packets) => {
        const store = new SegmentStore(new MemoryFolder());
        await store.put({ ...segment(3), packets });
        expect((await store.get(3))?.packets).toEqual(packets);
      }),
    );
  });

  for (const name of [dataName, sidecarName]) {
    it(`10.32 do not exist while ${name} is torn, at whichever byte`, async () => {
      const { folder, store } = await stored();
      const whole = folder.files.get(name) ?? new Uint8Array();
      for (let length = 0; length < whole.length; length++) {
        folder.files.set(name, whole.slice(0, length));
        expect(await store.get(0)).toBeNull();
      }
      folder.files.set(name, whole);
      expect(await store.get(0)).not.toBeNull();
    });
  }

  it('10.33 do not exist when any one byte of their data is wrong', async () => {
    const { folder, store } = await stored();
    const data = folder.files.get(dataName) ?? new Uint8Array();
    for (const at of data.keys()) {
      const wrong = data.slice();
      wrong[at] = (wrong[at] ?? 0) ^ 1;
      folder.files.set(dataName, wrong);
      expect(await store.get(0)).toBeNull();
    }
  });

  it.each([dataName, sidecarName])('10.34 do not exist without %s', async (name) => {
    const { folder, store } = await stored();
    folder.files.delete(name);
    expect(await store.get(0)).toBeNull();
  });

  it('10.35 do not exist under the name of another', async () => {
    const { folder, store } = await stored();
    for (const [from, to] of [
      [dataName, '000001.packets'],
      [sidecarName, '000001.json'],
    ] as const) {
      folder.files.set(to, folder.files.get(from) ?? new Uint8Array());
    }
    expect(await store.get(1)).toBeNull();
  });

  it('10.36 are listed when they are whole, and all other files are removed', async () => {
    const { folder, store } = await stored();
    await store.put(segment(2));
    await store.put(segment(1));
    folder.files.set('000001.packets', Uint8Array.of(1));
    folder.files.set('000000.json.crswap', Uint8Array.of(1));
    folder.files.set('000007.packets', Uint8Array.of(1));
    expect(await store.complete()).toEqual([0, 2]);
    expect([...folder.files.keys()].sort()).toEqual([
      ...['000000.json', '000000.packets'],
      ...['000002.json', '000002.packets'],
    ]);
  });

  it('10.37 are replaced as a whole: between the two writes of a second try none exists', async () => {
    const { folder, store } = await stored();
    const sidecar = folder.files.get(sidecarName);
    const [first, second] = segment(0).packets;
    await store.put({ ...segment(0), packets: [second, first].flatMap((each) => each ?? []) });
    folder.files.set(sidecarName, sidecar ?? new Uint8Array());
    expect(await store.get(0)).toBeNull();
  });

  it('15.1 that find the disk full do not exist, and the error says so', async () => {
    const { folder, store } = await stored();
    folder.freeBytes = 10;
    await expect(store.put(segment(1))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(await store.complete()).toEqual([0]);
    expect(folder.files.size).toBe(2);
  });

  it('10.38 are gone after a clear', async () => {
    const { folder, store } = await stored();
    await store.clear();
    expect(folder.files.size).toBe(0);
  });
});
