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

const isOld = (receivedAtMs: number) => Date.now() - receivedAtMs > keptMs;

/** Drops what no page has taken in time. */
export async function forgetOldShares(): Promise<void> {
  const db = await database();
  try {
    const { store, done } = db.transaction('files', 'readwrite');
    for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
      if (isOld(cursor.value.receivedAtMs)) await cursor.delete();
    }
    await done;
  } finally {
    db.close();
  }
}

/** Keeps shared files, all or none of them, until a page takes them. */
export async function putShared(files: readonly File[]): Promise<void> {
  const db = await database();
  try {
    const { store, done } = db.transaction('files', 'readwrite');
    const receivedAtMs = Date.now();
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
    return records.filter(({ receivedAtMs }) => !isOld(receivedAtMs)).map(({ file }) => file);
  } finally {
    db.close();
  }
}
