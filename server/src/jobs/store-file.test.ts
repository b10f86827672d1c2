import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LowdbRepository } from './lowdb-repository.ts';
import { someFacts, someSpec } from './suite/samples.testing.ts';

const writer = fileURLToPath(new URL('./store-writer.testing.ts', import.meta.url));
const uploadId = '00000000-0000-4000-8000-000000000001';

describe('server 5. the store’s file', () => {
  let folder: string;
  const open = () => LowdbRepository.open({ folder, maxAttempts: 3 });
  const storePath = () => join(folder, 'store.json');
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clearreel-store-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  function startWriter(run: string) {
    const child = spawn(process.execPath, [writer, folder, run], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return { child, lines: createInterface(child.stdout) };
  }

  async function keepJob(repository: LowdbRepository) {
    const expiresAtMs = Date.now() + 60_000;
    await repository.createUpload({ id: uploadId, sourceName: 'a', bytes: 1, expiresAtMs });
    await repository.completeUpload(uploadId, { facts: someFacts, expiresAtMs });
    const given = { uploadId, spec: someSpec, priority: 5, idempotencyKey: null };
    return (await repository.createJob(given)).job;
  }

  it('server 5.60 a server that is killed while it writes loses nothing that it said was kept', async () => {
    const kept: string[] = [];
    for (let run = 0; run < 8; run++) {
      const { child, lines } = startWriter(String(run));
      // Its lines end before its lock goes.
      const ended = once(child, 'exit');
      const wanted = kept.length + 3 + run;
      for await (const line of lines) {
        kept.push(line);
        if (kept.length === wanted) child.kill('SIGKILL');
      }
      await ended;
      const repository = await open();
      const complete = (await repository.listUploads()).filter(({ state }) => state === 'complete');
      expect(complete.map(({ id }) => id)).toEqual(expect.arrayContaining(kept));
      expect(complete.length).toBeLessThanOrEqual(kept.length + run + 1);
      expect(repository.setAside).toBeNull();
      await repository.close();
    }
  });

  it('server 5.61 a second server on the same folder is refused, one after a killed one is not', async () => {
    const { child, lines } = startWriter('0');
    await once(lines, 'line');
    await expect(open()).rejects.toMatchObject({ code: 'STORE_BUSY', detail: { folder } });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await open()).close();
  });

  it.skipIf(process.platform !== 'linux')(
    'server 5.62 where the disk is full, nothing has changed, neither there nor in memory',
    async () => {
      const repository = await open();
      const { id } = await keepJob(repository);
      const before = await readFile(storePath(), 'utf8');
      const told: unknown[] = [];
      repository.subscribe((change) => told.push(change));
      await symlink('/dev/full', `${storePath()}.draft`);
      await expect(repository.cancel(id)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
      expect(await repository.findJob(id)).toMatchObject({ state: 'queued' });
      expect(await readFile(storePath(), 'utf8')).toBe(before);
      expect(told).toEqual([]);
      expect((await repository.cancel(id)).state).toBe('cancelled');
      await repository.close();
    },
  );

  it('server 5.63 what is in the store is there again after a restart', async () => {
    const first = await open();
    const { id } = await keepJob(first);
    await first.cancel(id);
    const [job, uploads] = [await first.findJob(id), await first.listUploads()];
    await first.close();
    const second = await open();
    expect([await second.findJob(id), await second.listUploads()]).toEqual([job, uploads]);
    await second.close();
  });

  it('server 5.63 a job that ran when the server went waits again', async () => {
    const first = await open();
    const { id } = await keepJob(first);
    const claim = await first.claimNext({ workerId: 'w', leaseMs: 1_000_000 });
    if (claim) await first.recordSegment(claim.token, { index: 0, frameCount: 9 });
    await first.close();
    const second = await open();
    expect(await second.findJob(id)).toMatchObject({
      state: 'queued',
      epoch: 1,
      segments: [{ index: 0, frameCount: 9, epoch: 1 }],
    });
    await second.close();
  });

  it.each(['{"version":1,"jobs":[', 'null', '{"version":1}'])(
    'server 5.64 a file that cannot be read is kept aside and said: %s',
    async (text) => {
      await writeFile(storePath(), text);
      const repository = await open();
      const { setAside } = repository;
      expect(setAside?.reason).not.toBe('');
      await keepJob(repository);
      await repository.close();
      expect(await readFile(setAside?.path ?? '', 'utf8')).toBe(text);
      expect((await readdir(folder)).sort()).toEqual([
        'lock',
        'store.json',
        expect.stringMatching(/^store\.json\.damaged-\d+$/),
      ]);
    },
  );

  it('server 5.64 records that are whole are read beside one that is not', async () => {
    const first = await open();
    const { id } = await keepJob(first);
    await first.close();
    const text = await readFile(storePath(), 'utf8');
    await writeFile(storePath(), text.replace('"jobs":[', '"jobs":[{"id":7},'));
    const second = await open();
    expect(second.setAside?.reason).toContain('1 records');
    expect(await second.findJob(id)).not.toBeNull();
    await second.close();
  });

  it('server 5.65 a store of a newer version is left as it is', async () => {
    const text = '{"version":2,"jobs":{}}';
    await writeFile(storePath(), text);
    await expect(open()).rejects.toMatchObject({ code: 'STORE_NEWER' });
    expect(await readFile(storePath(), 'utf8')).toBe(text);
  });
});
