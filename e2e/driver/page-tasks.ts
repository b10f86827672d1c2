import type { Page } from 'playwright';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Of the thread's own time on the processor; there where the event has an end. */
  readonly tdur?: number;
  readonly args: {
    readonly name?: string;
    readonly data?: { readonly frames?: readonly { readonly processId: number }[] };
  };
}

const categories = ['-*', 'disabled-by-default-devtools.timeline'];

/**
 * Milliseconds on the processor that each task of the page's main thread takes from now on, until they are asked for. A
 * clock would measure what other programs do meanwhile, too.
 */
export async function followTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  await browser.startTracing(page, { categories });
  return async () => {
    const trace = (await browser.stopTracing()).toString();
    const { traceEvents: events }: { traceEvents: readonly TraceEvent[] } = JSON.parse(trace);
    const frames = events.flatMap(({ args }) => args.data?.frames ?? []);
    const processes = new Set(frames.map(({ processId }) => processId));
    const main = events.find(
      ({ name, pid, args }) =>
        name === 'thread_name' && args.name === 'CrRendererMain' && processes.has(pid),
    );
    if (!main) throw new Error('the page’s main thread is not in the trace');
    return events.flatMap(({ name, pid, tid, tdur }) =>
      name === 'RunTask' && pid === main.pid && tid === main.tid ? [(tdur ?? 0) / 1000] : [],
    );
  };
}
