import { factsAtRate } from '@clearreel/shared/sequence/frame-rate';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { create } from 'zustand';
import { reportOf } from '../app/report.ts';
import type { Inspection } from '../engine/outcome.ts';
import type { HostOptions } from '../jobs/job-record.ts';
import type { Draft } from './draft.ts';
import type { PickedFile } from './file-handles.ts';

interface DraftsState {
  readonly drafts: readonly Draft[];
  readonly currentId: string | null;
  /** What the user decides about this machine, for all drafts. */
  readonly host: HostOptions;
  readonly isStarting: boolean;
  add(picked: readonly PickedFile[]): void;
  select(id: string): void;
  remove(id: string): void;
  setKeepsCopy(id: string, keepsCopy: boolean): void;
  /** Refuses a spec that is not valid: the old one stays, and the draft's `error` says what is wrong. */
  setSpec(id: string, spec: unknown): void;
  /** Gives every draft the settings of this one; trims and frame rates stay with their own files. */
  applyToAll(id: string): void;
  setHost(host: HostOptions): void;
  /** Turns drafts into queued jobs and gives their ids, in order. */
  start(ids: readonly string[]): Promise<readonly string[]>;
}

const newDraft = ({ file, handle, spec }: PickedFile): Draft => ({
  id: crypto.randomUUID(),
  file,
  handle: handle ?? null,
  keepsCopy: false,
  isReading: true,
  inspection: null,
  spec: spec ?? null,
  error: null,
});

/** How long an image sequence is depends on what the settings say of its rate. */
const fitted = (inspection: Inspection | null, { input }: JobSpec): Inspection | null =>
  inspection && { ...inspection, facts: factsAtRate(inspection.facts, input) };

const ownPart = ({ trim, input }: JobSpec) => ({ ...(trim && { trim }), ...(input && { input }) });

export const useDrafts = create<DraftsState>()((set, get) => {
  const change = (id: string, next: Partial<Draft>) =>
    set(({ drafts }) => ({
      drafts: drafts.map((draft) => (draft.id === id ? { ...draft, ...next } : draft)),
    }));
  const find = (id: string) => get().drafts.find((draft) => draft.id === id);

  /** Comes with the first file that is read: no spec can be set before there is one. */
  let parseSpec: (spec: unknown) => JobSpec = () => {
    throw new Error('no file has been read');
  };

  /** Files are read one after the other: each needs the decoder, and the first is the one looked at. */
  let reading: Promise<void> = Promise.resolve();
  const read = (id: string) => {
    reading = reading.then(async () => {
      const draft = find(id);
      if (!draft) return;
      try {
        const { readDraft, parseJobSpec } = await import('./read-draft.ts');
        parseSpec = parseJobSpec;
        const inspection = await readDraft(draft, get().host, id === get().currentId);
        const spec = find(id)?.spec ?? inspection.proposed;
        change(id, { inspection: fitted(inspection, spec), spec, error: null });
      } catch (error) {
        change(id, { inspection: null, error: reportOf(error) });
      } finally {
        change(id, { isReading: false });
      }
    });
  };

  return {
    drafts: [],
    currentId: null,
    host: {},
    isStarting: false,

    add(picked) {
      const added = picked.map(newDraft);
      set(({ drafts, currentId }) => ({
        drafts: [...drafts, ...added],
        currentId: added[0]?.id ?? currentId,
      }));
      for (const { id } of added) read(id);
    },

    select: (id) => set({ currentId: id }),

    remove(id) {
      const { drafts, currentId } = get();
      const position = drafts.findIndex((draft) => draft.id === id);
      const left = drafts.filter((draft) => draft.id !== id);
      const neighbour = left[Math.min(position, left.length - 1)]?.id ?? null;
      set({ drafts: left, currentId: currentId === id ? neighbour : currentId });
    },

    setKeepsCopy: (id, keepsCopy) => change(id, { keepsCopy }),

    setSpec(id, spec) {
      try {
        const parsed = parseSpec(spec);
        const inspection = find(id)?.inspection ?? null;
        change(id, { spec: parsed, inspection: fitted(inspection, parsed), error: null });
      } catch (error) {
        change(id, { error: reportOf(error) });
      }
    },

    applyToAll(id) {
      const model = find(id)?.spec;
      if (!model) return;
      const { trim: _, input: __, ...common } = model;
      set(({ drafts }) => ({
        drafts: drafts.map((draft) =>
          draft.id === id
            ? draft
            : { ...draft, spec: { ...(draft.spec && ownPart(draft.spec)), ...common } },
        ),
      }));
    },

    setHost(host) {
      const { host: before, drafts } = get();
      set({ host });
      if (host.decoder === before.decoder) return;
      for (const { id } of drafts) {
        change(id, { isReading: true });
        read(id);
      }
    },

    async start(ids) {
      if (get().isStarting) return [];
      set({ isStarting: true });
      try {
        await reading;
        const { startDrafts } = await import('./start-drafts.ts');
        const ready = get().drafts.filter(({ id, isReading }) => ids.includes(id) && !isReading);
        const jobs = await startDrafts(ready, get().host);
        for (const { id } of ready) get().remove(id);
        return jobs;
      } finally {
        set({ isStarting: false });
      }
    },
  };
});
