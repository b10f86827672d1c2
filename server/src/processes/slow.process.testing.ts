import { setTimeout as sleep } from 'node:timers/promises';
import { answerOnce } from './ask-process.ts';

/** Answers after so long, and says meanwhile that it gets on, or does not. */
answerOnce(async ({ forMs, isSilent }: { forMs: number; isSilent: boolean }, gotOn) => {
  const endMs = performance.now() + forMs;
  while (performance.now() < endMs) {
    if (!isSilent) gotOn();
    await sleep(100);
  }
  return 'the answer';
});
