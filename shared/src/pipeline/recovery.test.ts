import { describe, expect, it } from 'vitest';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { fruitlessAttempts, nextAttempt, type Path } from './recovery.ts';

const lost = new ClearReelError('DEVICE_LOST', { reason: 'the driver restarted' });
const stalled = (stage: string) => new ClearReelError('STAGE_STALLED', { stage, seconds: 120 });

/** What is tried, one after another, while every attempt fails in the same way without a finished segment. */
function tried(failure: ClearReelError, start: Path): string[] {
  const kinds: string[] = [];
  let path = start;
  for (let fruitless = 1; ; fruitless++) {
    const next = nextAttempt(failure, fruitless, path);
    if (next.kind === 'give up') return kinds;
    kinds.push(next.kind === 'again' ? 'again' : JSON.stringify(next.path));
    path = next.path;
  }
}

describe('10. what follows a failed attempt', () => {
  it('10.40 the same again twice, then the processor, then nothing', () => {
    const path = { provider: 'webgpu' };
    expect(tried(lost, path)).toEqual(['again', 'again', '{"provider":"wasm"}']);
  });

  it('10.41 nothing else is tried where the processor was used already', () => {
    expect(tried(lost, { provider: 'wasm' })).toEqual(['again', 'again']);
  });

  it('10.42 an encoder error blames the GPU first and the encoder after it', () => {
    const failure = new ClearReelError('ENCODER_FAILED', { reason: 'x' });
    expect(tried(failure, { provider: 'webgpu' })).toEqual([
      ...['again', 'again', '{"provider":"wasm"}', '{"provider":"wasm","encoder":"ffmpeg"}'],
    ]);
  });

  it.each([
    ['decode', { provider: 'wasm', decoder: 'ffmpeg' }],
    ['encode', { provider: 'wasm', encoder: 'ffmpeg' }],
  ])('10.43 a stall in %s exchanges what that stage uses', (stage, path) => {
    expect(tried(stalled(stage), { provider: 'wasm' }).at(-1)).toBe(JSON.stringify(path));
  });

  it.each([
    'CANCELLED',
    'STORAGE_FULL',
    'SOURCE_CHANGED',
    'SOURCE_HDR',
    'SPEC_INVALID',
    'JOIN_FAILED',
  ] satisfies ErrorCode[])('10.44 %s is not tried again', (code) => {
    expect(nextAttempt(ClearReelError.fromReport({ code, detail: {} }), 1, {})).toEqual({
      kind: 'give up',
    });
  });

  it('10.45 a restart and a fallback each say why, in a sentence for the user', () => {
    const again = nextAttempt(lost, 1, {});
    const fallback = nextAttempt(lost, fruitlessAttempts, {});
    expect(again).toMatchObject({
      notice: {
        code: 'RESTARTED',
        detail: { cause: { code: 'DEVICE_LOST', detail: lost.detail } },
        message:
          'The GPU was lost: the driver restarted. The engine was restarted and went on with the next part.',
      },
    });
    expect(fallback).toMatchObject({
      notice: {
        code: 'FALLBACK_WASM',
        message:
          'The GPU was lost: the driver restarted. After 3 attempts the job goes on without the GPU, which is slower.',
      },
    });
  });
});
