import type { Page } from 'playwright';

/**
 * Fills the history with `count` copies of the one job that is in it, as a year of use would leave them: names, days
 * and states differ, the rest is what the app itself has stored.
 */
export async function seedHistory(page: Page, count: number): Promise<void> {
  await page.evaluate(async (wanted) => {
    const opening = indexedDB.open('clearreel');
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const stores = ['jobs', 'summaries', 'thumbnails'] as const;
    const transaction = db.transaction(stores, 'readwrite');
    const all = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const [job] = await all(transaction.objectStore('jobs').getAll());
    const summary = await all(transaction.objectStore('summaries').get(job.id));
    const thumbnail = await all(transaction.objectStore('thumbnails').get(job.id));
    const states = ['completed', 'completed', 'completed', 'failed', 'cancelled'] as const;
    const places = ['Garden', 'Harbour', 'Wedding', 'Lecture', 'Cartoon', 'Screen'] as const;
    for (let position = 0; position < wanted; position++) {
      const id = crypto.randomUUID();
      const state = states[position % states.length];
      const name = `${places[position % places.length]} ${position + 1}.mp4`;
      const createdAtMs = job.createdAtMs - (position + 1) * 4 * 3600_000;
      const { result, report, ...rest } = job;
      const ended = state === 'completed' ? { ...rest, result, report } : rest;
      const times = { id, state, createdAtMs, endedAtMs: createdAtMs + 3600_000 };
      transaction.objectStore('jobs').put({ ...ended, ...times, source: { ...job.source, name } });
      transaction.objectStore('summaries').put({ ...summary, ...times, name });
      if (thumbnail) transaction.objectStore('thumbnails').put(thumbnail, id);
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
    });
    db.close();
  }, count);
}
