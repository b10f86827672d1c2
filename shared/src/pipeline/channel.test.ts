import { describe, expect, it } from 'vitest';
import { Channel } from './channel.ts';

const soon = () => new Promise((resolve) => setTimeout(resolve));

async function received<T>(channel: Channel<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of channel) items.push(item);
  return items;
}

describe('14. a bounded queue between two stages', () => {
  it('14.1 hands on every item in order and ends when it is closed', async () => {
    const channel = new Channel<number>(2, () => {});
    const all = received(channel);
    for (const item of [1, 2, 3, 4, 5]) await channel.send(item);
    channel.close();
    expect(await all).toEqual([1, 2, 3, 4, 5]);
  });

  it('14.2 holds the sender back while it is full', async () => {
    const channel = new Channel<number>(2, () => {});
    const sent: number[] = [];
    const sending = (async () => {
      for (const item of [1, 2, 3, 4]) {
        await channel.send(item);
        sent.push(item);
      }
    })();
    await soon();
    expect(sent).toEqual([1, 2]);
    const iterator = channel[Symbol.asyncIterator]();
    await iterator.next();
    await soon();
    expect(sent).toEqual([1, 2, 3]);
    await iterator.next();
    await sending;
  });

  it('14.3 releases each waiting item once when it fails, and tells both ends why', async () => {
    const released: number[] = [];
    const channel = new Channel<number>(2, (item) => released.push(item));
    await channel.send(1);
    await channel.send(2);
    const third = channel.send(3);
    channel.fail(new Error('stop'));
    await expect(third).rejects.toThrow('stop');
    await expect(channel.send(4)).rejects.toThrow('stop');
    await expect(received(channel)).rejects.toThrow('stop');
    expect(released.sort()).toEqual([1, 2, 3, 4]);
  });

  it('14.4 wakes a receiver that waits when it fails', async () => {
    const channel = new Channel<number>(2, () => {});
    const receiving = received(channel);
    await soon();
    channel.fail(new Error('stop'));
    await expect(receiving).rejects.toThrow('stop');
  });

  it('14.5 keeps the first reason when it fails twice', async () => {
    const channel = new Channel<number>(1, () => {});
    channel.fail(new Error('first'));
    channel.fail(new Error('second'));
    await expect(channel.send(1)).rejects.toThrow('first');
  });
});
