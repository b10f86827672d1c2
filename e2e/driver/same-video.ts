import { expect } from '@playwright/test';
import { frameHashes, frameTimes } from '../reference/index.ts';

/** The same frames, bit by bit, at the same times. */
export async function expectSameVideo(path: string, reference: string): Promise<void> {
  expect(await frameTimes(path)).toEqual(await frameTimes(reference));
  expect(await frameHashes(path)).toEqual(await frameHashes(reference));
}
