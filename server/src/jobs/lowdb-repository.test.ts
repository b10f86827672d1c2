import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeJobRepository } from './job-repository.suite.ts';
import { LowdbRepository } from './lowdb-repository.ts';

const folders: string[] = [];

afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true }))));

describeJobRepository('the store in a file', async (options) => {
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-store-'));
  folders.push(folder);
  return LowdbRepository.open({ folder, ...options });
});
