import { fork } from 'node:child_process';

export interface AskOptions {
  /** Absolute path of its module. */
  readonly program: string;
  /** Without an answer and without a sign that it gets on. */
  readonly timeoutMs: number;
  /** Ends the process, for example when nobody waits for its answer any more. */
  readonly signal?: AbortSignal;
}

/** What a process says that gets on. */
const sign = 'getting on';
const signEveryMs = 1000;

/** What gets on for ever ends as well. */
const mostTimeouts = 10;

/** Only what a program needs to be found and to run; no setting, no token. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('CLEARREEL_')),
  );

/**
 * Starts a process for one request. What a decoder or a driver does to a process, it does to that one alone.
 * @returns its answer; `null` where it ended without one, by a crash, by the signal or because it took too long
 */
export function askProcess<Answer>(
  request: unknown,
  { program, timeoutMs, signal }: AskOptions,
): Promise<Answer | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer | null>();
  const child = fork(program, [], {
    env: environment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  const end = () => child.kill('SIGKILL');
  const timer = setTimeout(end, timeoutMs);
  const longest = setTimeout(end, mostTimeouts * timeoutMs);
  signal?.addEventListener('abort', end);
  child.on('message', (message) => {
    if (message === sign) timer.refresh();
    else resolve(message as Answer);
  });
  child.once('error', reject);
  child.once('exit', () => {
    clearTimeout(timer);
    clearTimeout(longest);
    signal?.removeEventListener('abort', end);
    // Where it has answered, this changes nothing.
    resolve(null);
  });
  // One that is gone before it was asked is heard of by `exit`.
  child.send(request as object, () => {});
  if (signal?.aborted) end();
  return promise;
}

/**
 * The other end: answers the one request of whoever started this process, and ends with it. `gotOn` may be called as
 * often as one likes.
 */
export function answerOnce<Request, Answer>(
  answer: (request: Request, gotOn: () => void) => Promise<Answer>,
): void {
  let lastMs = 0;
  const gotOn = () => {
    if (performance.now() - lastMs < signEveryMs) return;
    lastMs = performance.now();
    process.send?.(sign);
  };
  process.once('message', async (request) => {
    process.send?.(await answer(request as Request, gotOn), () => process.exit());
  });
  process.once('disconnect', () => process.exit());
}
