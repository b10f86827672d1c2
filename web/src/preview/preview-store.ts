import { create } from 'zustand';
import { reportOf } from '../app/report.ts';
import { useEstimate } from '../estimate/estimate-store.ts';
import { useQueue } from '../queue/queue-store.ts';
import type { PreviewParts } from './preview-api.ts';
import { PreviewClient } from './preview-client.ts';
import type { PreviewSide, PreviewSource, PreviewState } from './preview-state.ts';

/** A slider that is moved asks for many pictures; only the one where it rests is made. */
const restMs = 150;

const keyOf = ({ file: _, spec, host }: PreviewSource, model: string, seconds: number) =>
  JSON.stringify([seconds, model, { ...spec.enhance, model }, spec.output.codec, host]);

const empty = {
  file: null,
  opened: null,
  thumbnail: null,
  seconds: null,
  before: null,
  first: null,
  second: null,
  isBusy: false,
  progress: null,
  error: null,
} as const;

/**
 * What is previewed, and the order in which it is made: the frame as it is, then what the model makes of it, then the
 * second model. Anything newer ends what is older.
 */
export const usePreview = create<PreviewState>()((set, get) => {
  const client = new PreviewClient();
  let source: PreviewSource | null = null;
  let focus = { x: 0.5, y: 0.5 };
  /** What each side's picture was made of. */
  let made: { first?: string; second?: string } = {};
  /** Of the newest run; older ones change nothing any more. */
  let ticket = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seeking: Promise<void> | null = null;

  const closeSide = (side: PreviewSide | null) => {
    side?.result?.bitmap.close();
    for (const { bitmap } of side?.tiles ?? []) bitmap.close();
  };

  const clearSide = (name: 'first' | 'second', model: string | null) => {
    const old = get()[name];
    delete made[name];
    set({ [name]: model === null ? null : { model, result: null, tiles: [] } });
    closeSide(old);
  };

  const clear = () => {
    const { before, first, second } = get();
    made = {};
    set({ ...empty });
    before?.bitmap.close();
    closeSide(first);
    closeSide(second);
  };

  const later = (delayMs: number) => {
    const own = ++ticket;
    clearTimeout(timer);
    if (!source) return;
    // From here on what is shown is not what is wanted, though nothing is being made yet.
    set({ isBusy: true, progress: null, error: null });
    timer = setTimeout(() => void run(own), delayMs);
  };

  const ensureOpen = async ({ file, host }: PreviewSource) => {
    if (!client.has(file, host)) set({ opened: await client.open(file, host) });
  };

  const takeThumbnail = async (file: File | null) => {
    const thumbnail = await client.thumbnail();
    if (get().file === file) set({ thumbnail });
  };

  /** Shows the wanted frame; while one is decoded the wish may change, and the last wish counts. */
  const showFrame = (): Promise<void> => {
    seeking ??= (async () => {
      const { seconds, before, file } = get();
      if (before && before.seconds === seconds) return;
      const poster = seconds === null ? await client.poster() : null;
      const found = poster ?? (await client.frame(seconds ?? 0));
      if (get().file !== file) {
        found.bitmap.close();
        return;
      }
      if (poster) {
        set({ seconds: poster.seconds });
        // A job can do without it.
        void takeThumbnail(file).catch(() => {});
      }
      set({ before: { seconds: seconds ?? found.seconds, bitmap: found.bitmap } });
      before?.bitmap.close();
      clearSide('first', get().first?.model ?? null);
      clearSide('second', get().second?.model ?? null);
    })().finally(() => {
      seeking = null;
    });
    return seeking;
  };

  const settleFrame = async (own: number) => {
    for (;;) {
      await showFrame();
      const { before, seconds } = get();
      if (own !== ticket || before?.seconds === seconds) return;
    }
  };

  const enhanceSide = async (name: 'first' | 'second', wanted: PreviewSource, own: number) => {
    const { seconds, second } = get();
    const model = get()[name]?.model;
    if (seconds === null || model === undefined) return;
    const key = keyOf(wanted, model, seconds);
    if (made[name] === key) return;
    const enhance = { ...wanted.spec.enhance, model };
    const { codec } = wanted.spec.output;
    const sides = second ? 2 : 1;
    let isOver = false;
    const change = (next: Partial<PreviewSide>) => {
      const side = get()[name];
      if (side) set({ [name]: { ...side, ...next } });
    };
    const onParts = ({ tiles, done, total }: PreviewParts) => {
      if (own !== ticket || isOver) {
        for (const { bitmap } of tiles) bitmap.close();
        return;
      }
      change({ tiles: [...(get()[name]?.tiles ?? []), ...tiles] });
      const before = name === 'second' ? 1 : 0;
      set({ progress: (before + done / total) / sides });
    };
    const result = await client.enhance({ seconds, enhance, codec, focus }, onParts);
    isOver = true;
    if (own !== ticket) {
      result.bitmap.close();
      return;
    }
    const old = get()[name];
    made[name] = key;
    change({ result, tiles: [] });
    closeSide(old);
  };

  const run = async (own: number) => {
    const wanted = source;
    if (!wanted) return;
    const release = useEstimate.getState().hold();
    try {
      await ensureOpen(wanted);
      if (own === ticket) await settleFrame(own);
      if (own === ticket) await enhanceSide('first', wanted, own);
      if (own === ticket) await enhanceSide('second', wanted, own);
      if (own === ticket) set({ isBusy: false, progress: null });
    } catch (error) {
      const report = reportOf(error);
      if (own !== ticket) return;
      // Ended by what came for another file just before: it is this one's turn now.
      if (report.code === 'CANCELLED') later(restMs);
      else set({ isBusy: false, progress: null, error: report });
    } finally {
      release();
    }
  };

  const adopt = (next: PreviewSource) => {
    const { model } = next.spec.enhance;
    source = next;
    const { first } = get();
    if (first?.model !== model) {
      set({ first: { model, result: first?.result ?? null, tiles: [] } });
      for (const { bitmap } of first?.tiles ?? []) bitmap.close();
    }
  };

  return {
    ...empty,

    async warmUp(model, host) {
      // Whatever it was, it happens again when a preview is wanted, and is told there.
      await client.warmUp(model, host).catch(() => {});
    },

    async open(file, host, spec) {
      ++ticket;
      clearTimeout(timer);
      clear();
      set({ file, isBusy: true });
      try {
        const opened = await client.open(file, host);
        if (get().file === file) {
          set({ opened });
          adopt({ file, host, spec: spec ?? opened.proposed });
          later(0);
        }
        return opened;
      } catch (error) {
        if (get().file === file) clear();
        throw error;
      }
    },

    show(next) {
      if (get().file !== next.file) {
        clear();
        set({ file: next.file });
        adopt(next);
        later(0);
        return;
      }
      const isSame = source && keyOf(source, '', 0) === keyOf(next, '', 0);
      const isSameModel = source?.spec.enhance.model === next.spec.enhance.model;
      adopt(next);
      if (!isSame || !isSameModel) later(restMs);
    },

    seek(seconds) {
      if (get().seconds === seconds) return;
      set({ seconds });
      later(restMs);
      const own = ticket;
      // The frame itself follows the slider; the model waits until it rests.
      if (get().opened) void settleFrame(own).catch(() => {});
    },

    step(frames) {
      const { opened, seconds } = get();
      if (!opened || seconds === null) return;
      const at = frameIndex(opened.frameSeconds, seconds) + frames;
      const next = opened.frameSeconds[Math.min(opened.frameSeconds.length - 1, Math.max(0, at))];
      if (next !== undefined) get().seek(next);
    },

    compareWith(model) {
      clearSide('second', model);
      later(0);
    },

    lookAt(next) {
      focus = next;
    },

    retry: () => later(0),

    leave() {
      ++ticket;
      clearTimeout(timer);
      source = null;
      clear();
      client.close().catch(() => {}); // A worker that is gone holds nothing.
    },

    rest() {
      ++ticket;
      clearTimeout(timer);
      client.stop();
      set({ isBusy: false, progress: null });
    },
  };
});

/** A job that starts has the machine's memory for itself. */
useQueue.subscribe(({ running }, before) => {
  if (running && running.jobId !== before.running?.jobId) usePreview.getState().rest();
});

/** Position of the frame that is shown at a time. */
export function frameIndex(frameSeconds: Float64Array, seconds: number): number {
  let low = 0;
  let high = frameSeconds.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((frameSeconds[middle] ?? 0) <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
}
