import type { OpenedEnhancer } from '@clearreel/shared/enhance/backend';
import { prepareJob } from '@clearreel/shared/prepare/prepare-job';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBackend } from '../engine/backend.ts';
import { findModel } from '../inference/catalogue.ts';
import type { Provider } from '../jobs/job-record.ts';
import { trialOf, webHost } from '../jobs/prepare-job.ts';
import { openSource } from '../media/open-source.ts';
import { clipFile } from '../rescue/clips.test-kit.ts';
import type { PreviewRequest } from './preview-api.ts';
import { PreviewSession } from './preview-session.ts';
import {
  countLive,
  enhanced,
  meanDifference,
  never,
  pixelsOf,
  request,
} from './session.test-kit.ts';
import { resultBitmap } from './upright.ts';

const host = { provider: 'wasm' } as const;

/** The frame that a job of its own, in its own tiles, would give to its encoder. */
async function jobFrame(
  file: File,
  { seconds, enhance }: PreviewRequest,
  provider: Provider = 'wasm',
): Promise<ImageBitmap> {
  const source = await openSource(file, undefined, never);
  const backend = await openBackend(provider, 0);
  let enhancer: OpenedEnhancer | null = null;
  try {
    const output = { container: 'mp4', codec: 'avc', quality: 75, audio: 'keep' } as const;
    const spec: JobSpec = {
      version: 1,
      enhance,
      output: { ...output, hdr: 'refuse', segmentSeconds: 4 },
    };
    const host = webHost(spec, { provider }, trialOf(source, spec, never));
    const { frozen } = await prepareJob(source, spec, host, never);
    enhancer = await backend.openEnhancer({
      model: enhance.model === 'none' ? null : findModel(enhance.model),
      outputSize: frozen.encoder.settings,
      maxTilePixels: frozen.maxTilePixels,
      reuse: enhance.reuse,
      strength: enhance.strength,
    });
    for await (const frame of source.frames({ startSeconds: null, endSeconds: null }, never)) {
      const isWanted = frame.timestampSeconds >= seconds;
      const sample = await enhancer.enhance(frame);
      if (isWanted) return await resultBitmap(sample, { rotation: 0, flip: false });
      sample.close();
    }
    throw new Error('no such frame');
  } finally {
    enhancer?.reset();
    await backend.dispose();
    source.dispose();
  }
}

describe('app 2. a preview', () => {
  let session: PreviewSession;
  beforeEach(() => {
    session = new PreviewSession({ showEveryMs: 0 });
  });
  afterEach(() => session.dispose());

  it('app 2.30 knows the facts and every frame’s time before anything is enhanced', async () => {
    const opened = await session.open(await clipFile('vfr-mp4'), host, never);
    expect(opened.facts.video).toMatchObject({ width: 96, height: 54, codec: 'avc' });
    expect(opened.proposed.enhance.target).toEqual({ kind: 'factor', factor: 2 });
    const times = [...opened.frameSeconds];
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it.each([
    ['plain-h264', {}],
    ['untagged', {}],
    ['wide-strip', { model: 'reel-x2' }],
    ['wide-strip', { model: 'anime4k-vl-x2', strength: 60 }],
    ['plain-h264', { target: { kind: 'factor', factor: 1.5 } }],
    ['plain-h264', { model: 'none' }],
    ['screen-like', { model: 'anime4k-s-x2' }],
  ] as const)(
    'app 2.31 is exactly the frame that a job would encode: %s, %o',
    async (name, change) => {
      const file = await clipFile(name);
      const { frameSeconds } = await session.open(file, host, never);
      const wanted = request(frameSeconds[1] ?? 0, change);
      const preview = await enhanced(session, wanted);
      const expected = await jobFrame(file, wanted);
      expect([preview.bitmap.width, preview.bitmap.height]).toEqual([
        expected.width,
        expected.height,
      ]);
      expect(pixelsOf(preview.bitmap)).toEqual(pixelsOf(expected));
    },
  );

  it('app 2.42 is that on the GPU too', async () => {
    const file = await clipFile('tiny');
    const { frameSeconds } = await session.open(file, { provider: 'webgpu' }, never);
    const wanted = request(frameSeconds[0] ?? 0);
    const { bitmap, provider } = await enhanced(session, wanted);
    expect(provider.value).toBe('webgpu');
    expect(pixelsOf(bitmap)).toEqual(pixelsOf(await jobFrame(file, wanted, 'webgpu')));
  });

  it('app 2.32 comes in parts, those where one looks first, and they are the result', async () => {
    const { frameSeconds } = await session.open(await clipFile('wide-strip'), host, never);
    const focus = { x: 0.9, y: 0.5 };
    const wanted = { ...request(frameSeconds[0] ?? 0, { model: 'reel-x2' }), focus };
    const { parts, bitmap } = await enhanced(session, wanted);
    const tiles = parts.flatMap((some) => some.tiles);
    const { total } = parts[0] ?? { total: 0 };
    expect(total).toBeGreaterThan(2);
    // The whole picture comes with the last one.
    expect(parts.map(({ done }) => done)).toEqual(
      Array.from({ length: total - 1 }, (_, i) => i + 1),
    );
    expect(tiles).toHaveLength(total - 1);
    const distances = tiles.map(({ rect }) => Math.abs(rect.x + rect.width / 2 - focus.x));
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    for (const { rect, bitmap: part } of tiles) {
      const [x, y] = [Math.round(rect.x * bitmap.width), Math.round(rect.y * bitmap.height)];
      const same = await createImageBitmap(bitmap, x, y, part.width, part.height);
      expect(meanDifference(part, same)).toBeLessThan(0.1);
    }
  });

  it('app 2.33 that is outdated ends at its next part, and the newer one is right', async () => {
    const file = await clipFile('wide-strip');
    const { frameSeconds } = await session.open(file, host, never);
    const older = request(frameSeconds[0] ?? 0, { model: 'reel-x2' });
    const newer = request(frameSeconds[1] ?? 0, { model: 'reel-x2' });
    let parts = 0;
    const first = await new Promise<{
      outcome: Promise<unknown>;
      next: ReturnType<typeof enhanced>;
    }>((resolve) => {
      const outcome = session
        .enhance(
          older,
          ({ total }) => {
            if (++parts === 1) resolve({ outcome, next: enhanced(session, newer) });
            expect(total).toBeGreaterThan(2);
          },
          never,
        )
        .catch((error: unknown) => error);
    });
    expect(await first.outcome).toMatchObject({ code: 'CANCELLED' });
    const { bitmap } = await first.next;
    expect(parts).toBe(1);
    expect(pixelsOf(bitmap)).toEqual(pixelsOf(await jobFrame(file, newer)));
  });

  it('app 2.34 of another strength or size takes no run of the model', async () => {
    const { frameSeconds } = await session.open(await clipFile('plain-h264'), host, never);
    const seconds = frameSeconds[5] ?? 0;
    expect((await enhanced(session, request(seconds))).modelMs).toBeGreaterThan(0);
    expect((await enhanced(session, request(seconds, { strength: 30 }))).modelMs).toBe(0);
    const smaller = await enhanced(
      session,
      request(seconds, { target: { kind: 'size', width: 144 } }),
    );
    expect(smaller.modelMs).toBe(0);
    expect(smaller.bitmap.width).toBe(144);
  });

  it('app 2.35 can be had of two models, each of which stays loaded', async () => {
    const { frameSeconds } = await session.open(await clipFile('plain-h264'), host, never);
    const seconds = frameSeconds[5] ?? 0;
    const models = ['anime4k-s-x2', 'anime4k-vl-x2'] as const;
    const [one, other] = [
      await enhanced(session, request(seconds, { model: models[0] })),
      await enhanced(session, request(seconds, { model: models[1] })),
    ];
    expect(meanDifference(one.bitmap, other.bitmap)).toBeGreaterThan(0.1);
    expect((await enhanced(session, request(seconds, { model: models[0] }))).modelMs).toBe(0);
    expect((await enhanced(session, request(seconds, { model: models[1] }))).modelMs).toBe(0);
  });

  it('app 2.36 leaves no frame, bitmap or tile behind, not even of what was given up', async () => {
    const live = countLive();
    try {
      const { frameSeconds } = await session.open(await clipFile('rotated-90'), host, never);
      (await session.poster(never)).bitmap.close();
      (await session.frame(frameSeconds[7] ?? 0, never)).bitmap.close();
      const outdated = [1, 2, 3].map((at) =>
        enhanced(session, request(frameSeconds[at] ?? 0)).then(
          ({ bitmap }) => bitmap.close(),
          (error) => expect(error).toMatchObject({ code: 'CANCELLED' }),
        ),
      );
      const { bitmap } = await enhanced(session, request(frameSeconds[7] ?? 0));
      bitmap.close();
      await Promise.all(outdated);
      await session.close();
      expect(session.live()).toEqual({ sources: 0, tiles: 0, pictures: 0 });
      expect(live.bitmaps.size).toBe(0);
      expect(live.frames.size).toBe(0);
      expect(live.framesMade).toBeGreaterThan(10);
    } finally {
      live.end();
    }
  });

  it('app 2.37 of an unreadable file is an error with its code, and the next file opens', async () => {
    const opening = session.open(await clipFile('faults/truncated-index'), host, never);
    await expect(opening).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    const { frameSeconds } = await session.open(await clipFile('plain-h264'), host, never);
    expect(frameSeconds.length).toBeGreaterThan(0);
  });

  it('app 2.38 of a damaged frame is the next one that can be decoded', async () => {
    const { frameSeconds } = await session.open(await clipFile('faults/damaged'), host, never);
    const { seconds } = await session.frame(frameSeconds[40] ?? 0, never);
    expect(seconds).toBeGreaterThanOrEqual(frameSeconds[40] ?? 0);
    expect((await enhanced(session, request(frameSeconds[40] ?? 0))).seconds).toBe(seconds);
  });

  it('app 2.39 begins with a frame that is not black, and has a small picture of it', async () => {
    const { frameSeconds } = await session.open(await clipFile('black-start'), host, never);
    const { seconds } = await session.poster(never);
    const thumbnail = (await session.thumbnail()) as Blob;
    expect(seconds).toBeGreaterThanOrEqual(frameSeconds[15] ?? 0);
    expect(thumbnail.type).toBe('image/jpeg');
    const picture = await createImageBitmap(thumbnail);
    expect([picture.width, picture.height]).toEqual([96, 54]);
  });

  it.each([
    ['rotated-90', 54, 96],
    ['rotated-180', 96, 54],
    ['mirrored', 96, 54],
  ])(
    'app 2.40 stands as a player shows it, source and result alike: %s',
    async (name, width, height) => {
      const { frameSeconds } = await session.open(await clipFile(name), host, never);
      const source = await session.frame(frameSeconds[4] ?? 0, never);
      expect([source.bitmap.width, source.bitmap.height]).toEqual([width, height]);
      const { bitmap, shownSize } = await enhanced(session, request(frameSeconds[4] ?? 0));
      expect(shownSize).toEqual({ width: 2 * width, height: 2 * height });
      const options = { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' } as const;
      expect(meanDifference(await createImageBitmap(bitmap, options), source.bitmap)).toBeLessThan(
        6,
      );
    },
  );

  it('app 2.41 says how wide a player shows a picture whose pixels are not square', async () => {
    const { frameSeconds } = await session.open(await clipFile('wide-pixels'), host, never);
    const { bitmap, shownSize } = await enhanced(session, request(frameSeconds[0] ?? 0));
    expect([bitmap.width, bitmap.height]).toEqual([180, 144]);
    expect(shownSize).toEqual({ width: Math.round((180 * 16) / 11), height: 144 });
  });
});
