import { describe, expect, it } from 'vitest';
import { type Bench, failure } from './bench.testing.ts';

export function describeEnds(bench: Bench): void {
  const { create, claim, find, stateOf, jobIn } = bench;

  describe('trying again, deleting', () => {
    it.each(['failed', 'cancelled'] as const)(
      'server 5.19 a %s job waits again, with its segments and all attempts left',
      async (state) => {
        const { id } = await create();
        const { token } = await claim();
        await bench.repository.recordSegment(token, { index: 0, frameCount: 9 });
        if (state === 'cancelled') await bench.repository.cancel(id);
        await bench.repository.fail(token, failure(false));
        expect(await bench.repository.retry(id)).toMatchObject({
          state: 'queued',
          failure: null,
          endedAtMs: null,
          fruitlessAttempts: 0,
          segments: [{ index: 0 }],
        });
        expect((await claim()).token.epoch).toBe(token.epoch + 1);
      },
    );

    it.each(['queued', 'processing', 'completed'] as const)(
      'server 5.19 a %s job cannot be tried again',
      async (state) => {
        const { id } = await jobIn(state);
        await expect(bench.repository.retry(id)).rejects.toMatchObject({ code: 'JOB_CHANGED' });
        expect(await stateOf(id)).toBe(state);
      },
    );

    it.each(['queued', 'processing', 'completed', 'failed', 'cancelled'] as const)(
      'server 5.20 a %s job is deleted with its upload',
      async (state) => {
        const { id } = await jobIn(state);
        const { uploadId } = await find(id);
        expect(await bench.repository.deleteJob(id)).toEqual({ uploadId });
        expect(await bench.repository.findJob(id)).toBeNull();
        expect(await bench.repository.findUpload(uploadId)).toBeNull();
      },
    );

    it('server 5.20 an upload that another job uses stays until that goes too', async () => {
      const one = await create();
      const other = await create({ uploadId: one.uploadId });
      expect(await bench.repository.deleteJob(one.id)).toEqual({ uploadId: null });
      expect(await bench.repository.findUpload(one.uploadId)).not.toBeNull();
      expect(await bench.repository.deleteJob(other.id)).toEqual({ uploadId: one.uploadId });
    });

    it('server 5.21 what is not there is said', async () => {
      const id = '00000000-0000-4000-8000-00000000ffff';
      const refused = { code: 'JOB_MISSING' };
      await expect(bench.repository.cancel(id)).rejects.toMatchObject(refused);
      await expect(bench.repository.retry(id)).rejects.toMatchObject(refused);
      await expect(bench.repository.deleteJob(id)).rejects.toMatchObject(refused);
      expect(await bench.repository.findJob(id)).toBeNull();
      expect(await bench.repository.countAhead(id)).toBeNull();
    });

    it.each(['queued', 'completed'] as const)(
      'server 5.22 a %s job whose files are gone fails and says so',
      async (state) => {
        const { id } = await jobIn(state);
        expect(await bench.repository.loseFiles(id)).toBe('failed');
        expect(await find(id)).toMatchObject({
          state: 'failed',
          result: null,
          failure: { report: { code: 'FILE_GONE' }, retryable: false },
        });
      },
    );

    it('server 5.22 segments are forgotten of ended jobs only', async () => {
      const { id } = await create();
      const { token } = await claim();
      await bench.repository.recordSegment(token, { index: 0, frameCount: 9 });
      expect(await bench.repository.loseFiles(id)).toBe('unchanged');
      expect(await bench.repository.forgetSegments(id)).toBe('unchanged');
      await bench.repository.fail(token, failure(false));
      expect(await bench.repository.forgetSegments(id)).toBe('forgotten');
      expect((await find(id)).segments).toEqual([]);
    });
  });
}
