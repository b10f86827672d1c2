import { expect, test } from '../driver/flow.ts';
import {
  audioOffsetSeconds,
  beepSeconds,
  decodeErrors,
  flashSeconds,
  type Packet,
  packets,
  probe,
} from '../reference/index.ts';

const millisecondAndRounding = 0.0011;

const hashes = (list: readonly Packet[]) => list.map(({ sha256 }) => sha256);

/** Largest change of a packet's distance from the first frame. */
async function drift(source: string, path: string, track: number): Promise<number> {
  const [wanted, found] = await Promise.all(
    [source, path].map(async (file) => {
      const start = (await probe(file)).video[0]?.startSeconds ?? Number.NaN;
      const list = await packets(file, `a:${track}`);
      return list.map(({ timestampSeconds = Number.NaN }) => timestampSeconds - start);
    }),
  );
  return Math.max(
    ...(wanted ?? []).map((time, at) => Math.abs(time - (found?.[at] ?? Number.NaN))),
  );
}

const copies = [
  ['plain-h264', {}, 'AAC in MP4, priming included'],
  ['surround', {}, 'AAC with six channels'],
  ['audio-longer', {}, 'AAC that goes on after the last frame'],
  ['negative-start', {}, 'AAC with packets that an edit list hides'],
  ['video-starts-late', {}, 'AAC that starts before the picture'],
  ['late-audio-mp4', {}, 'AAC that starts late'],
  ['late-audio-mkv', {}, 'Opus in Matroska that starts late'],
  ['late-audio-mkv', { container: 'mp4' }, 'Opus from Matroska in MP4'],
  ['av1-mp4', { container: 'mkv' }, 'Opus from MP4 in Matroska'],
  ['webm-vp9-opus', {}, 'Opus in WebM'],
  ['webm-vp8-vorbis', {}, 'Vorbis in WebM'],
  ['pcm-mov', {}, 'PCM from QuickTime in MP4'],
  ['ac3-mp4', {}, 'AC-3, which no browser decodes'],
  ['mp3-mp4', {}, 'MP3'],
  ['flac-mkv', {}, 'FLAC'],
] as const;

test.describe('12.4 sound', () => {
  for (const [name, output, what] of copies) {
    test(`12.4.1 packet by packet the same, at the same distance from the picture: ${what}`, async ({
      enhanced,
    }) => {
      const { source, path, notices } = await enhanced(name, { output });
      expect(hashes(await packets(path, 'a:0'))).toEqual(hashes(await packets(source, 'a:0')));
      expect(await drift(source, path, 0)).toBeLessThan(millisecondAndRounding);
      expect(await decodeErrors(path)).toEqual([]);
      expect(notices).toEqual([]);
    });
  }

  test('12.4.2 the priming of AAC, which Matroska cannot hide, is left out; all that is heard stays', async ({
    enhanced,
  }) => {
    const { source, path } = await enhanced('plain-h264', { output: { container: 'mkv' } });
    const heard = (await packets(source, 'a:0')).filter(({ discarded }) => !discarded);
    const found = await packets(path, 'a:0');
    expect(hashes(found)).toEqual(hashes(heard));
    expect(found[0]?.timestampSeconds).toBe(0);
  });

  for (const container of ['mkv', 'mp4']) {
    test(`12.4.3 from Matroska to ${container} every track stays, with language and flags`, async ({
      enhanced,
    }) => {
      const { source, path } = await enhanced('everything-mkv', { output: { container } });
      const [before, after] = [await probe(source), await probe(path)];
      expect(after.audio).toMatchObject([
        { codec: 'aac', language: 'eng' },
        { codec: 'opus', language: 'deu' },
      ]);
      for (const track of [0, 1]) {
        expect(hashes(await packets(path, `a:${track}`))).toEqual(
          hashes(await packets(source, `a:${track}`)),
        );
        expect(await drift(source, path, track)).toBeLessThan(millisecondAndRounding);
      }
      expect(after.audio[0]?.dispositions).toEqual(['default']);
      if (container === 'mkv') {
        expect(after.audio.map(({ title, dispositions }) => ({ title, dispositions }))).toEqual(
          before.audio.map(({ title, dispositions }) => ({ title, dispositions })),
        );
      }
    });
  }

  test('12.4.4 from MP4 to MP4 a second track keeps its own late start', async ({ enhanced }) => {
    const { source, path } = await enhanced('everything-mp4');
    const after = await probe(path);
    expect(after.audio).toMatchObject([{ language: 'eng' }, { language: 'deu' }]);
    expect(await audioOffsetSeconds(path, 1)).toBeCloseTo(await audioOffsetSeconds(source, 1), 4);
    for (const track of [0, 1]) {
      expect(await drift(source, path, track)).toBeLessThan(millisecondAndRounding);
    }
  });

  test('12.4.5 AAC in WebM becomes Opus, is said so, and stays in sync', async ({ enhanced }) => {
    const { path, notices } = await enhanced('flash-and-beep', {
      output: { container: 'webm', codec: 'vp9' },
    });
    expect((await probe(path)).audio).toMatchObject([{ codec: 'opus' }]);
    expect(notices).toMatchObject([{ code: 'AUDIO_REENCODED' }]);
    expect(Math.abs((await beepSeconds(path)) - (await flashSeconds(path)))).toBeLessThan(0.002);
  });

  test('12.4.6 sound that can be neither copied nor converted stops the job before it starts', async ({
    enhanced,
  }) => {
    const output = { container: 'webm', codec: 'vp9' };
    await expect(enhanced('ac3-mp4', { output })).rejects.toMatchObject({
      code: 'CONTAINER_AUDIO',
      message: expect.stringContaining('mkv'),
    });
  });

  test('12.4.7 a video without sound stays without', async ({ enhanced }) => {
    expect((await probe((await enhanced('no-audio')).path)).audio).toEqual([]);
  });
});
