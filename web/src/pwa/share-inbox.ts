import { type DBSchema, openDB } from 'idb';

/** A share that no page has taken by then never will be. */
const keptMs = 60 * 60_000;

interface Schema extends DBSchema {
  files: { key: number; value: { file: File; receivedAtMs: number } };
}

// Not the jobs' database: what is here is on its way, and either side may be of another version.
const database = () =>
  openDB<Schema>('clearreel-share-inbox', 1, {
    upgrade: (db) => void db.createObjectStore('files', { autoIncrement: true }),
  });

/** Keeps shared files, all or none of them, until a page takes them. Older ones that none took are dropped. */
export async function putShared(files: readonly File[]): Promise<void> {
  const db = await database();
  try {
    const { store, done } = db.transaction('files', 'readwrite');
    const receivedAtMs = Date.now();
    for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
      if (receivedAtMs - cursor.value.receivedAtMs > keptMs) await cursor.delete();
    }
    await Promise.all([...files.map((file) => store.add({ file, receivedAtMs })), done]);
  } finally {
    db.close();
  }
}

/** Takes what has been shared; it is the caller's then, and gone from here. */
export async function takeShared(): Promise<File[]> {
  const db = await database();
  try {
    const { store, done } = db.transaction('files', 'readwrite');
    const [records] = await Promise.all([store.getAll(), store.clear(), done]);
    return records
      .filter(({ receivedAtMs }) => Date.now() - receivedAtMs <= keptMs)
      .map(({ file }) => file);
  } finally {
    db.close();
  }
}
