import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import { abortable } from './abortable.ts';
import { FrameClock, noSeconds } from './progress.ts';
import { settled } from './settled.ts';
import { Steps } from './steps.ts';
import { Watchdog } from './watchdog.ts';

const never = () => new Promise<never>(() => {});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('15. the watchdog', () => {
  it('15.10 ends a step that makes no progress for the set time, and names its stage', async () => {
    const stalls: ClearReelError[] = [];
    const watchdog = new Watchdog(3, (error) => stalls.push(error));
    void watchdog.watch('decode', never);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(stalls).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(stalls.map(({ message }) => message)).toEqual([
      'The stage “decode” made no progress for 3 s.',
    ]);
    watchdog.stop();
  });

  it('15.11 leaves a long step alone that progresses', async () => {
    const onStall = vi.fn();
    const watchdog = new Watchdog(3, onStall);
    let progressed = () => {};
    void watchdog.watch('join', (beat) => {
      progressed = beat;
      return never();
    });
    for (let second = 0; second < 20; second += 2) {
      await vi.advanceTimersByTimeAsync(2_000);
      progressed();
    }
    expect(onStall).not.toHaveBeenCalled();
    watchdog.stop();
  });

  it('15.12 counts its own ticks: a thread that was blocked for long was slow, not stuck', async () => {
    const onStall = vi.fn();
    const watchdog = new Watchdog(3, onStall);
    void watchdog.watch('enhance', never);
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onStall).not.toHaveBeenCalled();
    watchdog.stop();
  });

  it('15.13 forgets steps that ended', async () => {
    const onStall = vi.fn();
    const watchdog = new Watchdog(1, onStall);
    await watchdog.watch('store', async () => {});
    await expect(watchdog.watch('store', () => Promise.reject(new Error('x')))).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onStall).not.toHaveBeenCalled();
    watchdog.stop();
  });
});

describe('15. steps of stages', () => {
  const open = (signal = new AbortController().signal) =>
    new Steps({ stallSeconds: 2, seconds: noSeconds(), signal });

  it('15.14 a hanging step rejects with its stage, and every other step with it', async () => {
    const steps = open();
    const decode = steps.run('decode', never).catch((error) => error);
    await vi.advanceTimersByTimeAsync(1_500);
    const enhance = steps.run('enhance', never).catch((error) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await decode).toMatchObject({ code: 'STAGE_STALLED', detail: { stage: 'decode' } });
    expect(await enhance).toBe(await decode);
  });

  it.each([
    ['open', 'SOURCE_UNREADABLE'],
    ['decode', 'DECODER_FAILED'],
    ['enhance', 'INFERENCE_FAILED'],
    ['encode', 'ENCODER_FAILED'],
    ['store', 'STORAGE_DENIED'],
    ['join', 'JOIN_FAILED'],
  ] as const)('15.15 what %s throws becomes %s with its reason', async (stage, code) => {
    const error = await open()
      .run(stage, () => Promise.reject(new Error('out of ink')))
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code, detail: { reason: 'out of ink' } });
  });

  it('15.16 an error that has its code keeps it', async () => {
    const full = new ClearReelError('STORAGE_FULL', { needed: 'much', free: 'little' });
    await expect(open().run('encode', () => Promise.reject(full))).rejects.toBe(full);
  });

  it('15.17 an abort from outside is told to each step with its reason', async () => {
    const controller = new AbortController();
    const step = open(controller.signal).run('encode', never);
    controller.abort(new ClearReelError('CANCELLED'));
    await expect(step).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('15.18 the end waits for work that an abort left running, but not for ever', async () => {
    const steps = open();
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    steps.run('enhance', () => slow).catch(() => {});
    steps.run('decode', never).catch(() => {});
    steps.abort(new Error('stop'));
    const ended = vi.fn();
    void steps.end().then(ended);
    finish();
    await vi.advanceTimersByTimeAsync(1_900);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(ended).toHaveBeenCalled();
  });
});

describe('14. abortable work', () => {
  it('14.10 rejects at once on an abort, and discards the result that comes later', async () => {
    const controller = new AbortController();
    const discarded: string[] = [];
    let finish: (value: string) => void = () => {};
    const work = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const outcome = abortable(work, controller.signal, (late) => discarded.push(late));
    controller.abort(new Error('stop'));
    await expect(outcome).rejects.toThrow('stop');
    finish('a frame');
    await vi.advanceTimersByTimeAsync(0);
    expect(discarded).toEqual(['a frame']);
  });

  it('14.11 discards the result of work that began after the abort', async () => {
    const discard = vi.fn();
    const outcome = abortable(Promise.resolve(1), AbortSignal.abort(new Error('stop')), discard);
    await expect(outcome).rejects.toThrow('stop');
    expect(discard).toHaveBeenCalledWith(1);
  });

  it('14.12 hands over a result in time and discards nothing', async () => {
    const controller = new AbortController();
    const discard = vi.fn();
    expect(await abortable(Promise.resolve(1), controller.signal, discard)).toBe(1);
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(discard).not.toHaveBeenCalled();
  });

  it('14.13 work that fails after an abort troubles nobody', async () => {
    const outcome = abortable(
      Promise.reject(new Error('late')),
      AbortSignal.abort(new Error('stop')),
    );
    await expect(outcome).rejects.toThrow('stop');
  });
});

describe('14. waiting with a limit', () => {
  it('14.14 ends as soon as everything has settled, failures included', async () => {
    await settled([Promise.resolve(), Promise.reject(new Error('x'))], 60);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('14. the frame clock', () => {
  it('14.15 estimates only after five frames, from the smoothed time of a frame', () => {
    const clock = new FrameClock();
    for (const nowMs of [0, 100, 200, 300]) clock.tick(nowMs);
    expect(clock.secondsFor(10)).toBeNull();
    clock.tick(400);
    expect(clock.secondsFor(10)).toBeCloseTo(1);
    expect(clock.framesPerSecond).toBeCloseTo(10);
  });

  it('14.16 one slow frame moves the estimate by a tenth of it', () => {
    const clock = new FrameClock();
    for (const nowMs of [0, 100, 200, 300, 400, 1_500]) clock.tick(nowMs);
    expect(clock.secondsFor(1)).toBeCloseTo(0.2);
  });
});
