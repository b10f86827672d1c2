import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cached } from '../../../e2e/clips/clip.ts';
import { clip } from '../../../e2e/clips/index.ts';
import { faults } from '../../../e2e/faults/index.ts';
import { type RunningApp, runApp } from '../app.testing.ts';
import { JobApi } from '../jobs/job-api.testing.ts';
import { answers, orphans } from '../orphans.testing.ts';
import { noise, TusClient } from './tus-client.testing.ts';

let app: RunningApp;
let tus: TusClient;

beforeEach(async () => {
  app = await runApp();
  tus = new TusClient(app.api);
});

afterEach(async () => {
  expect(await orphans(app)).toEqual([]);
  expect(await answers(app)).toBe(true);
  await app[Symbol.asyncDispose]();
});

const received = (id: string) => app.services.uploads.receivedBytes(id);

describe('server fault 20. uploads', () => {
  test('server fault 20.1 a connection that breaks again and again loses nothing that arrived', async () => {
    const video = new Uint8Array(await readFile(await clip('plain-h264')));
    const id = await tus.begun(video.length);
    const step = Math.ceil(video.length / 7);
    for (let offset = 0; offset + step < video.length; offset += step) {
      const drop = tus.sendSome(
        id,
        video.length - offset,
        video.slice(offset, offset + step),
        offset,
      );
      await expect.poll(() => received(id)).toBe(offset + step);
      drop();
    }
    const offset = await tus.offset(id);
    expect((await tus.send(id, offset, video.slice(offset))).status).toBe(204);
    expect(Buffer.from(await readFile(app.services.uploads.pathOf(id)))).toEqual(
      Buffer.from(video),
    );
  });

  test('server fault 20.2 two connections for one upload do not mix what they send', async () => {
    const video = new Uint8Array(await readFile(await clip('plain-h264')));
    const id = await tus.begun(video.length);
    const drop = tus.sendSome(id, video.length, video.slice(0, 3000));
    await expect.poll(() => received(id)).toBe(3000);
    const second = await tus.send(id, 3000, video.slice(3000));
    expect(second.status).toBe(204);
    drop();
    expect(Buffer.from(await readFile(app.services.uploads.pathOf(id)))).toEqual(
      Buffer.from(video),
    );
  });

  test('server fault 20.3 a form whose connection breaks leaves nothing', async () => {
    const drop = tus.sendSomeForm(noise(200_000));
    await expect.poll(() => orphans(app)).toHaveLength(1);
    drop();
    await expect.poll(() => orphans(app)).toEqual([]);
  });

  test('server fault 20.4 a disk that is full in the middle is said to be, and the upload goes on later', async () => {
    const video = new Uint8Array(await readFile(await clip('plain-h264')));
    const id = await tus.begun(video.length);
    const path = app.services.uploads.pathOf(id);
    await rm(path);
    await symlink('/dev/full', path);
    const full = await tus.send(id, 0, video);
    expect([full.status, (await full.json()).error.code]).toEqual([507, 'STORAGE_FULL']);
    await rm(path);
    await writeFile(path, '');
    expect((await tus.send(id, await tus.offset(id), video)).status).toBe(204);
  });

  test.each(
    faults
      .filter(({ name }) => name.startsWith('faults/'))
      .map((each) => [each.name, each] as const),
  )(
    'server fault 20.5 %s is refused with a code, or is a video that can be read',
    async (_name, file) => {
      const bytes = new Uint8Array(await readFile(await cached(file)));
      const begun = await tus.begin(bytes.length, `../../${file.name}.mp4`);
      if (bytes.length === 0) {
        expect((await begun.json()).error.code).toBe('SOURCE_EMPTY');
        return;
      }
      const id = begun.headers.get('location')?.split('/').at(-1) ?? '';
      const last = await tus.send(id, 0, bytes);
      if (last.status === 204) {
        await new JobApi(app).create(id);
        return;
      }
      expect([415, 422]).toContain(last.status);
      const { error } = await last.json();
      expect(error.code).toMatch(/^(SOURCE|DECODER|UPLOAD)_/);
      expect(error.message).not.toContain(app.services.dataFolder);
      expect(await app.services.repository.findUpload(id)).toBeNull();
    },
  );
});
