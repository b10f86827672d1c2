import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { askProcess } from './ask-process.ts';

const program = fileURLToPath(new URL('./slow.process.testing.ts', import.meta.url));
const timeoutMs = 5_000;
const forMs = 2 * timeoutMs;

describe('server 4 a process that reads a file of a stranger', () => {
  test('server 4.50 may take longer than its time where it says that it gets on', async () => {
    const answer = await askProcess({ forMs, isSilent: false }, { program, timeoutMs });
    expect(answer).toBe('the answer');
  });

  test('server 4.51 is ended where it does not', async () => {
    const answer = await askProcess({ forMs, isSilent: true }, { program, timeoutMs });
    expect(answer).toBeNull();
  });
});
