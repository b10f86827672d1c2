import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { describe, expect, it } from 'vitest';
import { EngineClient } from './engine-client.ts';

const open = () => new EngineClient({ name: 'inspect', silenceSeconds: 60, stage: () => 'open' });

describe('15. a worker that is ended while it works', () => {
  it('15.70 ends its calls with CANCELLED, and the next call has a worker again', async () => {
    const client = open();
    const endless = client.call<never>(() => new Promise(() => {}));
    client.stop();
    const error = await endless.catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ClearReelError);
    expect(error.code).toBe('CANCELLED');
    const answer = await client.call(async (engine) => ({ ok: true, value: await engine.ping() }));
    expect(answer).toBe(true);
    client.stop();
  });
});
