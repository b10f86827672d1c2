import { afterEach, describe, expect, test, vi } from 'vitest';
import { forgetOldShares, putShared, takeShared } from './share-inbox.ts';

afterEach(async () => {
  vi.useRealTimers();
  await takeShared();
});

const file = (name: string) => new File([`content of ${name}`], name, { type: 'video/mp4' });

describe('app 8 the share inbox', () => {
  test('app 8.27 gives each file once, with its name, type and content', async () => {
    await putShared([file('a.mp4'), file('b.mp4')]);
    const taken = await takeShared();
    expect(taken.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'a.mp4 video/mp4',
      'b.mp4 video/mp4',
    ]);
    expect(await taken[0]?.text()).toBe('content of a.mp4');
    expect(await takeShared()).toEqual([]);
  });

  test('app 8.28 forgets what no page has taken within an hour, and nothing newer', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await putShared([file('old.mp4')]);
    vi.setSystemTime(Date.now() + 59 * 60_000);
    await putShared([file('new.mp4')]);
    vi.setSystemTime(Date.now() + 2 * 60_000);
    await forgetOldShares();
    vi.setSystemTime(Date.now() - 61 * 60_000);
    expect((await takeShared()).map(({ name }) => name)).toEqual(['new.mp4']);
  });
});
