import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { reportOf } from '../app/report.ts';
import { cleanUp } from '../history/clean-up.ts';
import { onJobsChanged } from '../jobs/job-changes.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { closeFrames } from '../jobs/live-frames.ts';
import type { FileWait } from '../jobs/source-access.ts';
import { sweep } from '../jobs/sweep.ts';
import { RemoteLane } from '../server/remote-lane.ts';
import { WorkElsewhere } from '../server/work-elsewhere.ts';
import { jobsWithFiles } from '../storage/job-files.ts';
import { askToPersist, useStoragePreferences } from '../storage/storage-preferences.ts';
import { notifyOfEnd } from './notifications.ts';
import { queueActions } from './queue-actions.ts';
import { readEnded, readQueue } from './queue-lists.ts';
import type { QueueState, RunningJob } from './queue-state.ts';
import { Runner } from './runner.ts';
import { Sources } from './sources.ts';
import { openTab, tabEnd } from './tab.ts';
import { WakeLock } from './wake-lock.ts';

type Place = 'device' | 'server';

/** A tab's view of the queue. The app has one (`useQueue`); a test may make another, which is like another tab. */
export function createQueue() {
  const tab = openTab();
  const sources = new Sources();
  const changed = new Set<string>();
  const watchedTabs = new Set<string>();
  let reading: Promise<void> | null = null;
  let readingNext: Promise<void> | null = null;
  let stopFollowing = () => {};
  let opened: Promise<void> | null = null;
  let watchers = 0;
  const wakeLock = new WakeLock();
  const waits: Record<Place, ReadonlyMap<string, FileWait>> = {
    device: new Map(),
    server: new Map(),
  };
  const busy: Record<Place, boolean> = { device: false, server: false };

  const store: UseBoundStore<StoreApi<QueueState>> = create<QueueState>()(() => ({
    isOpen: false,
    queue: [],
    ended: [],
    running: null,
    remote: new Map(),
    remoteElsewhere: new Map(),
    runningElsewhere: new Set(),
    interrupted: [],
    waitsForFile: new Map(),
    isPaused: false,
    problem: null,
    ...queueActions({
      tab: tab.id,
      sources,
      runner: () => runner,
      lane: () => lane,
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
    if (latest) closeFrames(latest);
  };

  const updateWatching = () => {
    const isWatched = watchers > 0 && document.visibilityState === 'visible';
    runner.watch(
      isWatched
        ? async (latest) => {
            closeLatest();
            if (store.getState().running) setRunning({ latest });
            else closeFrames(latest);
          }
        : null,
    );
  };

  const noteEnded = (job: JobRecord) => {
    const others = store.getState().ended.filter(({ id }) => id !== job.id);
    store.setState({ ended: [job, ...others] });
  };

  const noteWaits = (place: Place, found: ReadonlyMap<string, FileWait>) => {
    waits[place] = found;
    store.setState({ waitsForFile: new Map([...waits.device, ...waits.server]) });
  };

  const noteOver = async (job: JobRecord | null) => {
    if (job?.endedAtMs) noteEnded(job);
    if (job) notifyOfEnd(job);
    await cleanUp(useStoragePreferences.getState().keep);
    await refresh();
  };

  const wakeLockFor = (place: Place, isBusy: boolean) => {
    busy[place] = isBusy;
    wakeLock.want(busy.device || busy.server);
  };

  const elsewhere = new WorkElsewhere(tab.id, (remoteElsewhere) =>
    store.setState({ remoteElsewhere }),
  );

  const lane = new RemoteLane({
    tab: tab.id,
    sources,
    isPaused: () => store.getState().isPaused,
    onWaits: (waits) => noteWaits('server', waits),
    onWork(remote) {
      wakeLockFor(
        'server',
        [...remote.values()].some(({ phase }) => phase === 'upload'),
      );
      store.setState({ remote });
      elsewhere.tell(remote);
    },
    onEnd: noteOver,
    onProblem: (problem) => store.setState({ problem }),
  });

  const runner = new Runner({
    tab: tab.id,
    sources,
    isPaused: () => store.getState().isPaused,
    onWaits: (waits) => noteWaits('device', waits),
    onStart({ id }) {
      wakeLockFor('device', true);
      askToPersist().catch(tellProblem);
      store.setState({ running: { jobId: id, progress: null, latest: null } });
    },
    onProgress: (progress) => setRunning({ progress }),
    async onEnd(job) {
      closeLatest();
      store.setState({ running: null });
      wakeLockFor('device', false);
      await noteOver(job);
    },
    onProblem: (problem) => store.setState({ problem }),
  });

  /** One reading at a time; what changes while it runs is read by the next, once for all who ask. */
  function refresh(): Promise<void> {
    if (!reading) {
      reading = read().finally(() => {
        reading = null;
      });
      return reading;
    }
    readingNext ??= reading
      .catch(() => {})
      .then(() => {
        readingNext = null;
        return refresh();
      });
    return readingNext;
  }

  async function read(): Promise<void> {
    const { running, remote, ended } = store.getState();
    const own = new Set(remote.keys());
    if (running) own.add(running.jobId);
    const known = new Set(ended.map(({ id }) => id));
    const toRead = [...changed].filter((id) => known.has(id));
    changed.clear();
    const [{ otherTabs, ...lists }, now] = await Promise.all([
      readQueue(tab.id, own),
      readEnded(toRead),
    ]);
    store.setState({ ...lists, isOpen: true });
    if (toRead.length > 0) {
      // Another may have ended while these were read.
      const still = store
        .getState()
        .ended.map((job) => (toRead.includes(job.id) ? now.get(job.id) : job));
      store.setState({ ended: still.filter((job) => job !== undefined) });
    }
    for (const other of otherTabs) followTab(other);
  }

  const tellProblem = (error: unknown) => store.setState({ problem: reportOf(error, 'the queue') });

  const refreshAloud = () => {
    refresh().catch(tellProblem);
  };

  /** A tab that is gone leaves its jobs behind without saying so. */
  const followTab = (id: string) => {
    if (watchedTabs.has(id)) return;
    watchedTabs.add(id);
    void tabEnd(id).then(() => {
      watchedTabs.delete(id);
      elsewhere.forget(id);
      refreshAloud();
      lane.wake();
    });
  };

  async function open(): Promise<void> {
    document.addEventListener('visibilitychange', updateWatching);
    stopFollowing = onJobsChanged((ids) => {
      for (const id of ids) changed.add(id);
      refreshAloud();
      runner.wake();
      lane.wake();
    });
    await refresh();
    lane.tryNow();
    if (useStoragePreferences.getState().continuesByItself) await continueAtHand();
    // A browser that stores nothing is found out here; the rest nobody needs to wait for.
    sweep(await jobsWithFiles())
      .then(() => cleanUp(useStoragePreferences.getState().keep))
      .catch(tellProblem);
  }

  /** Goes on with what needs no click. */
  async function continueAtHand(): Promise<void> {
    const { interrupted, resume } = store.getState();
    for (const job of interrupted) {
      if ((await sources.reach(job, false)) instanceof File) await resume(job.id);
    }
  }

  return Object.assign(store, {
    /** Ends what it does, as closing its tab would; its jobs are left to others. */
    async close(): Promise<void> {
      stopFollowing();
      document.removeEventListener('visibilitychange', updateWatching);
      await store.getState().pauseQueue();
      await lane.close();
      elsewhere.close();
      tab.close();
    },
  });
}

export const useQueue = createQueue();
