import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { onJobsChanged } from '../jobs/job-changes.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { sweep } from '../jobs/sweep.ts';
import { queueActions } from './queue-actions.ts';
import { readEnded, readQueue } from './queue-lists.ts';
import type { QueueState, RunningJob } from './queue-state.ts';
import { reportOf } from './report.ts';
import { Runner } from './runner.ts';
import { Sources } from './sources.ts';
import { openTab, tabEnd } from './tab.ts';

/** A tab's view of the queue. The app has one (`useQueue`); a test may make another, which is like another tab. */
export function createQueue() {
  const tab = openTab();
  const sources = new Sources();
  const changed = new Set<string>();
  const watchedTabs = new Set<string>();
  let refreshing: Promise<void> | null = null;
  let stopFollowing = () => {};
  let opened: Promise<void> | null = null;
  let watchers = 0;

  const store: UseBoundStore<StoreApi<QueueState>> = create<QueueState>()(() => ({
    isOpen: false,
    queue: [],
    ended: [],
    running: null,
    runningElsewhere: new Set(),
    interrupted: [],
    waitsForFile: new Map(),
    isPaused: false,
    problem: null,
    ...queueActions({
      tab: tab.id,
      sources,
      runner: () => runner,
      refresh: () => refresh(),
      setPaused: (isPaused) => store.setState({ isPaused }),
      interrupted: () => store.getState().interrupted,
      noteEnded: (job) => noteEnded(job),
    }),
    open: () => {
      opened ??= open();
      return opened;
    },
    dismissProblem: () => store.setState({ problem: null }),
    watchFrames() {
      watchers++;
      updateWatching();
      let isWatching = true;
      return () => {
        if (isWatching) watchers--;
        isWatching = false;
        updateWatching();
      };
    },
  }));

  const setRunning = (change: Partial<RunningJob>) => {
    const { running } = store.getState();
    if (running) store.setState({ running: { ...running, ...change } });
  };

  const closeLatest = () => {
    const { latest } = store.getState().running ?? {};
    latest?.before.close();
    latest?.after.close();
  };

  const updateWatching = () => {
    const isWatched = watchers > 0 && document.visibilityState === 'visible';
    runner.watch(
      isWatched
        ? async (latest) => {
            closeLatest();
            setRunning({ latest });
          }
        : null,
    );
  };

  const noteEnded = (job: JobRecord) => {
    const others = store.getState().ended.filter(({ id }) => id !== job.id);
    store.setState({ ended: [job, ...others] });
  };

  const runner = new Runner({
    tab: tab.id,
    sources,
    isPaused: () => store.getState().isPaused,
    onWaits: (waitsForFile) => store.setState({ waitsForFile }),
    onStart: ({ id }) => store.setState({ running: { jobId: id, progress: null, latest: null } }),
    onProgress: (progress) => setRunning({ progress }),
    async onEnd(job) {
      closeLatest();
      store.setState({ running: null });
      if (job.endedAtMs) noteEnded(job);
      await refresh();
    },
    onProblem: (problem) => store.setState({ problem }),
  });

  /** One reading at a time; what changes while it runs is read by the next. */
  async function refresh(): Promise<void> {
    while (refreshing) await refreshing;
    refreshing = read().finally(() => {
      refreshing = null;
    });
    await refreshing;
  }

  async function read(): Promise<void> {
    const seen = new Set(changed);
    changed.clear();
    const { running, ended } = store.getState();
    const [{ otherTabs, ...lists }, stillEnded] = await Promise.all([
      readQueue(tab.id, running?.jobId ?? null),
      readEnded(ended, seen),
    ]);
    store.setState({ ...lists, ended: stillEnded, isOpen: true });
    for (const other of otherTabs) followTab(other);
  }

  const refreshAloud = () => {
    refresh().catch((error) => store.setState({ problem: reportOf(error) }));
  };

  /** A tab that is gone leaves its jobs behind without saying so. */
  const followTab = (id: string) => {
    if (watchedTabs.has(id)) return;
    watchedTabs.add(id);
    void tabEnd(id).then(() => {
      watchedTabs.delete(id);
      refreshAloud();
    });
  };

  async function open(): Promise<void> {
    document.addEventListener('visibilitychange', updateWatching);
    stopFollowing = onJobsChanged((ids) => {
      for (const id of ids) changed.add(id);
      refreshAloud();
      runner.wake();
    });
    await sweep();
    await refresh();
  }

  return Object.assign(store, {
    /** Ends what it does, as closing its tab would; its jobs are left to others. */
    async close(): Promise<void> {
      stopFollowing();
      document.removeEventListener('visibilitychange', updateWatching);
      await store.getState().pauseQueue();
      tab.close();
    },
  });
}

export const useQueue = createQueue();
