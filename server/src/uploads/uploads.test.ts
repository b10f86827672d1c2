import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { type RunningApp, runApp } from '../app.testing.ts';
import { sourceName } from './source-name.ts';
import { noise, TusClient } from './tus-client.testing.ts';

let app: RunningApp;
let tus: TusClient;
let video: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  app = await runApp();
  tus = new TusClient(app.api);
  video = new Uint8Array(await readFile(await clip('plain-h264')));
});

afterAll(() => app[Symbol.asyncDispose]());

const kept = async (from: RunningApp = app) =>
  (
    await Promise.all(
      [from.services.folders.uploads, from.services.folders.incoming].map((folder) =>
        readdir(folder),
      ),
    )
  ).flat();

const codeOf = async (response: Response) => (await response.json()).error.code;

async function removeAll(): Promise<void> {
  for (const { id } of await app.services.repository.listUploads())
    await app.services.uploads.remove(id);
}

function sendForm(
  bytes: Uint8Array<ArrayBuffer>,
  name = 'clip.mp4',
  field = 'file',
  to = app,
): Promise<Response> {
  const form = new FormData();
  form.set(field, new Blob([bytes]), name);
  return fetch(`${to.api}/uploads/multipart`, { method: 'POST', body: form });
}

describe('server 4. uploads', () => {
  afterEach(removeAll);

  test('server 4.1 arrive in pieces, and are complete when their content has been read', async () => {
    const id = await tus.begun(video.length, 'Mein Urlaub.mp4');
    expect((await tus.send(id, 0, video.slice(0, 1000))).headers.get('upload-offset')).toBe('1000');
    const half = await (await fetch(`${app.api}/uploads/${id}`)).json();
    expect(half).toMatchObject({
      state: 'receiving',
      receivedBytes: 1000,
      bytes: video.length,
      facts: null,
    });
    expect((await tus.send(id, 1000, video.slice(1000))).status).toBe(204);
    const whole = await (await fetch(`${app.api}/uploads/${id}`)).json();
    expect(whole).toMatchObject({
      id,
      state: 'complete',
      sourceName: 'Mein Urlaub.mp4',
      receivedBytes: video.length,
      facts: { container: 'mp4', video: { codec: 'avc' } },
    });
    expect(await kept()).toEqual([id]);
    expect(
      Buffer.from(await readFile(app.services.uploads.pathOf(id))).equals(Buffer.from(video)),
    ).toBe(true);
  });

  test('server 4.2 go on where their connection broke', async () => {
    const id = await tus.begun(video.length);
    const drop = tus.sendSome(id, video.length, video.slice(0, 5000));
    await expect.poll(() => app.services.uploads.receivedBytes(id)).toBe(5000);
    drop();
    const offset = await tus.offset(id);
    expect(offset).toBe(5000);
    expect((await tus.send(id, offset, video.slice(offset))).status).toBe(204);
    expect(
      Buffer.from(await readFile(app.services.uploads.pathOf(id))).equals(Buffer.from(video)),
    ).toBe(true);
  });

  test('server 4.3 are refused where they would go on in another place', async () => {
    const id = await tus.begun(video.length);
    const response = await tus.send(id, 10, video.slice(10));
    expect(response.status).toBe(409);
    expect(await codeOf(response)).toBe('UPLOAD_OFFSET');
  });

  test('server 4.4 whose last byte came as the server stopped are checked when someone asks', async () => {
    const id = await tus.begun(video.length);
    await writeFile(app.services.uploads.pathOf(id), video);
    const asked = () => fetch(`${app.api}/uploads/${id}`).then((response) => response.json());
    const answers = await Promise.all([asked(), asked()]);
    for (const answer of answers) expect(answer).toMatchObject({ state: 'complete' });
  });

  test('server 4.5 of small files come in one piece', async () => {
    const response = await sendForm(video, '../../ünïcode “clip”.mp4');
    expect(response.status).toBe(201);
    const upload = await response.json();
    expect(upload).toMatchObject({
      state: 'complete',
      sourceName: 'ünïcode “clip”.mp4',
      bytes: video.length,
    });
    expect(await kept()).toEqual([upload.id]);
  });

  test('server 4.6 are videos by their content, whatever their name', async () => {
    const renamed = await sendForm(video, 'picture.jpg');
    expect(renamed.status).toBe(201);
    await removeAll();
    const png = await sendForm(
      new Uint8Array(
        Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
      ),
      'video.mp4',
    );
    expect(png.status).toBe(415);
    expect(await png.json()).toMatchObject({
      error: { code: 'UPLOAD_NOT_VIDEO', detail: { type: 'image/png' } },
    });
    expect(await kept()).toEqual([]);
  });

  test.each(['pictures-packed', 'pictures-png'])(
    'server 4.23 are image sequences too: %s',
    async (name) => {
      const bytes = new Uint8Array(await readFile(await clip(name)));
      const response = await sendForm(bytes, 'Reel');
      expect(response.status).toBe(201);
      const { id, facts } = await response.json();
      expect(facts).toMatchObject({ container: 'images', video: { width: 96, height: 54 } });
      expect(facts.durationSeconds * facts.video.averageFrameRate).toBeCloseTo(12, 9);
      expect(await kept()).toEqual([id]);
    },
  );

  test.each([
    ['pictures-sizes', 'SEQUENCE_SIZES'],
    ['pictures-bomb', 'SOURCE_TOO_LARGE'],
    ['pictures-encrypted', 'SOURCE_ENCRYPTED'],
    ['picture-alone', 'SOURCE_SINGLE_PICTURE'],
  ])('server 4.24 of the sequence %s end with %s and leave nothing', async (name, code) => {
    const response = await sendForm(new Uint8Array(await readFile(await clip(name))));
    expect([response.status, await codeOf(response)]).toEqual([422, code]);
    expect(await kept()).toEqual([]);
  });

  test.each([
    [
      'a page',
      new TextEncoder().encode(`<!doctype html><script>alert(1)</script>${' '.repeat(2000)}`),
    ],
    ['noise', noise(5000)],
    ['one byte', noise(1)],
  ])('server 4.7 of %s end with a code and leave nothing', async (_name, bytes) => {
    const id = await tus.begun(bytes.length, 'video.mp4');
    const last = await tus.send(id, 0, bytes);
    expect(last.status).toBe(422);
    expect(await codeOf(last)).toBe('SOURCE_UNREADABLE');
    expect((await fetch(`${app.api}/uploads/${id}`)).status).toBe(404);
    expect(await kept()).toEqual([]);
  });

  test('server 4.8 of nothing are refused', async () => {
    expect(await codeOf(await tus.begin(0))).toBe('SOURCE_EMPTY');
    expect(await codeOf(await sendForm(new Uint8Array(0)))).toBe('SOURCE_EMPTY');
    expect(await kept()).toEqual([]);
  });

  test.each(['-1', 'many', '1e3', ''])('server 4.9 of “%s” bytes are refused', async (bytes) => {
    expect((await tus.begin(bytes)).status).toBe(400);
    expect(await kept()).toEqual([]);
  });

  test('server 4.10 larger than the limit are refused before a byte is taken', async () => {
    const response = await tus.begin(1e9 + 1);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      error: { code: 'UPLOAD_TOO_LARGE', detail: { limitBytes: 1e9 } },
    });
  });

  test('server 4.11 larger than announced are refused', async () => {
    const id = await tus.begun(100);
    expect((await tus.send(id, 0, video.slice(0, 200))).status).toBe(413);
    expect(await tus.offset(id)).toBe(0);
  });

  test('server 4.12 can be deleted, and leave nothing', async () => {
    const id = await tus.begun(video.length);
    await tus.send(id, 0, video.slice(0, 100));
    const remove = () => fetch(`${app.api}/uploads/${id}`, { method: 'DELETE' });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await tus.send(id, 100, video.slice(100))).status).toBe(404);
    expect(await kept()).toEqual([]);
  });

  test('server 4.13 in a form need the part that is asked for, and no other', async () => {
    const other = await sendForm(video, 'clip.mp4', 'other');
    expect(other.status).toBe(400);
    const none = await fetch(`${app.api}/uploads/multipart`, { method: 'POST', body: '{}' });
    expect(none.status).toBe(400);
    expect(await kept()).toEqual([]);
  });

  test.each([
    ['without a boundary', 'multipart/form-data', 'x'],
    [
      'cut short',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="file"',
    ],
    ['of noise', 'multipart/form-data; boundary=b', '\0\n--b\n\n--b--'],
  ])('server 4.17 in a form %s are refused by a code', async (_, type, body) => {
    const headers = { 'content-type': type };
    const response = await fetch(`${app.api}/uploads/multipart`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await codeOf(response)).toMatch(/^REQUEST_/);
    expect(await kept()).toEqual([]);
  });

  test('server 4.18 in a form that cannot be stored are refused by a code', async () => {
    await using app = await runApp();
    await rm(app.services.folders.incoming, { recursive: true });
    expect(await codeOf(await sendForm(video, 'clip.mp4', 'file', app))).toBe('STORAGE_DENIED');
  });

  test('server 4.14 keep the disk’s last space free, counting what others have still to send', async () => {
    await using small = await runApp({
      keptFreeBytes: 1000,
      space: async () => ({ totalBytes: 10_000, freeBytes: 5000 }),
    });
    const client = new TusClient(small.api);
    const first = await client.begun(3000);
    const refused = await client.begin(1500);
    expect(refused.status).toBe(507);
    expect(await refused.json()).toMatchObject({
      error: { code: 'DISK_LOW', detail: { freeBytes: 5000, keptFreeBytes: 1000 } },
    });
    expect(await codeOf(await sendForm(noise(1500), 'a', 'file', small))).toBe('DISK_LOW');
    await client.send(first, 0, noise(2900));
    expect((await client.begin(1500)).status).toBe(201);
  });

  test('server 4.16 that could not be checked for a reason of the server’s stay, and are checked again', async () => {
    const { repository } = app.services;
    const complete = repository.completeUpload.bind(repository);
    repository.completeUpload = () => {
      repository.completeUpload = complete;
      return Promise.reject(new ClearReelError('STORAGE_DENIED', { reason: 'it is away' }));
    };
    const id = await tus.begun(video.length);
    expect((await tus.send(id, 0, video)).status).toBe(500);
    expect(await (await fetch(`${app.api}/uploads/${id}`)).json()).toMatchObject({
      state: 'complete',
    });
  });

  test('server 4.15 name when they go', async () => {
    const id = await tus.begun(video.length);
    const { createdAtMs, expiresAtMs } = await (await fetch(`${app.api}/uploads/${id}`)).json();
    expect(expiresAtMs - createdAtMs).toBe(3_600_000);
  });
});

describe('server 4. names of uploads', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\clip.mp4', 'clip.mp4'],
    ['clip\u202e4pm.exe', 'clip4pm.exe'],
    ['a\u0000b\r\nSet-Cookie: x.mp4', 'abSet-Cookie: x.mp4'],
    ['..', 'video'],
    ['', 'video'],
    [undefined, 'video'],
    [' ünïcode – 動画.mp4 ', 'ünïcode – 動画.mp4'],
  ])('server 4.20 %j is shown as %j', (given, shown) => {
    expect(sourceName(given)).toBe(shown);
  });

  test('server 4.21 are cut where they are too long', () => {
    expect(sourceName('x'.repeat(5000))).toHaveLength(255);
  });

  test.each(['../store.json', '..%2fstore.json', '%2e%2e', 'link-key', 'x'.repeat(300)])(
    'server 4.22 are no ids: %s',
    async (id) => {
      for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE']) {
        const response = await fetch(`${app.api}/uploads/${id}`, {
          method,
          headers: {
            'tus-resumable': '1.0.0',
            'upload-offset': '0',
            'content-type': 'application/offset+octet-stream',
          },
        });
        expect([400, 404]).toContain(response.status);
      }
      expect(await readdir(app.services.dataFolder)).toContain('store.json');
      expect(await readFile(join(app.services.dataFolder, 'link-key'), 'utf8')).toHaveLength(43);
    },
  );
});
