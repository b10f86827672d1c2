import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { ContentKind } from '@clearreel/shared/estimate/model-order';
import type { OutputCodec } from '@clearreel/shared/media/encoder';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { create } from 'zustand';
import { reportOf } from '../app/report.ts';
import { EngineClient } from '../engine/engine-client.ts';
import type { HostOptions } from '../jobs/job-record.ts';
import { gpuLock } from '../queue/runner.ts';
import type { Assessment } from './assess.ts';
import { Quiet } from './quiet.ts';
import type { ServerFacts } from './server-offer.ts';

/** What is assessed. */
export interface Subject {
  readonly file: File;
  readonly facts: SourceFacts;
  readonly spec: JobSpec;
  readonly host: HostOptions;
  /** What the user says that the video is. */
  readonly kind?: ContentKind;
  readonly server?: ServerFacts;
}

interface EstimateState {
  /** Of the subject that is followed, as far as it is known yet. */
  readonly assessment: Assessment | null;
  readonly isAssessing: boolean;
  readonly isMeasuring: boolean;
  readonly error: ErrorReport | null;
  /** Assesses this from now on, and again whenever it changes; `null` ends it. */
  follow(subject: Subject | null): void;
  /** Measures the followed subject's figures anew. */
  measureAgain(): void;
  /** Keeps measurements away while something else computes, which both would slow down. Call the result to end it. */
  hold(): () => void;
}

/** Settings change in quick succession while a slider moves. */
const settleMs = 400;

/** Measuring waits until the user looks at what is there. */
const quietMs = 1_500;

const silenceSeconds = 60;

const measurable: ReadonlySet<string> = new Set<OutputCodec>(['avc', 'vp9', 'av1', 'hevc']);

export const useEstimate = create<EstimateState>()((set) => {
  const quiet = new Quiet();
  let client: EngineClient | null = null;
  let subject: Subject | null = null;
  let turn = new AbortController();
  let last: Promise<void> = Promise.resolve();

  const engine = () => {
    client ??= new EngineClient({ name: 'estimate', silenceSeconds, stage: () => 'prepare' });
    return client;
  };
  /** A worker that has measured holds a runtime that nothing needs any more. */
  const endWorker = () => {
    client?.stop();
    client = null;
  };

  const assess = async (subject: Subject, isThorough: boolean) => {
    const { facts: _, ...options } = { ...subject, isThorough };
    const assessment = await engine().call((remote) => remote.assess(options));
    return assessment;
  };

  const measure = async ({ facts, spec, host }: Subject, models: string[], again: boolean) => {
    const codecs = new Set([spec.output.codec, facts.video.codec]);
    const { width, height } = facts.video;
    const request = {
      ...{ models, width, height, again, encoder: host.encoder ?? 'webcodecs' },
      codecs: [...codecs].filter((codec): codec is OutputCodec => measurable.has(codec)),
    };
    set({ isMeasuring: true });
    try {
      endWorker();
      return await engine().call((remote) => remote.measure(request, host));
    } finally {
      endWorker();
      set({ isMeasuring: false });
    }
  };

  /** Looks closely and measures, unless a job of any tab has the machine: then the next change tries again. */
  const lookClosely = (current: Subject, signal: AbortSignal, again: boolean) =>
    navigator.locks.request(gpuLock, { ifAvailable: true }, async (lock) => {
      if (!lock || signal.aborted) return;
      const show = async () => {
        const assessment = await assess(current, true);
        if (!signal.aborted) set({ assessment });
        return assessment;
      };
      const { enhance } = current.spec;
      const own = enhance.model === 'none' ? [] : [enhance.model];
      if (again) await measure(current, own, true);
      const first = await show();
      if (signal.aborted) return;
      const proposed = first.proposal.spec.enhance.model;
      for (const models of [own, [proposed]]) {
        const isNews = (await measure(current, models, false)) > 0;
        if (signal.aborted) return;
        if (isNews) await show();
        if (signal.aborted) return;
      }
    });

  const run = async (current: Subject, signal: AbortSignal, again: boolean) => {
    await quiet.wait(again ? 0 : settleMs, signal);
    if (signal.aborted) return;
    try {
      if (!again) {
        const assessment = await assess(current, false);
        if (signal.aborted) return;
        set({ assessment });
        await quiet.free(quietMs, signal);
        if (signal.aborted) return;
      }
      await lookClosely(current, signal, again);
    } catch (error) {
      endWorker();
      if (!signal.aborted) set({ error: reportOf(error), assessment: null });
    } finally {
      if (!signal.aborted) set({ isAssessing: false });
    }
  };

  const begin = (again: boolean) => {
    turn.abort();
    turn = new AbortController();
    client?.cancel();
    const { signal } = turn;
    const current = subject;
    if (current) {
      set({ isAssessing: true, error: null });
      last = last.then(() => run(current, signal, again));
    } else {
      set({ assessment: null, isAssessing: false, error: null });
      // At once: whoever leaves may have started a job, which waits for the machine.
      endWorker();
    }
  };

  return {
    assessment: null,
    isAssessing: false,
    isMeasuring: false,
    error: null,
    follow(next) {
      if (next?.file !== subject?.file) set({ assessment: null });
      subject = next;
      begin(false);
    },
    measureAgain: () => begin(true),
    hold: () => quiet.hold(),
  };
});
