import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PlannedAudio, planAudio } from '@clearreel/shared/join/audio-plan';
import { encodeAudio } from '@clearreel/shared/join/audio-track';
import { interleave } from '@clearreel/shared/join/feed';
import { correctMatroskaHeader } from '@clearreel/shared/join/matroska-header';
import { outputFormat } from '@clearreel/shared/join/output-format';
import type { MediaSource } from '@clearreel/shared/media/source';
import { sourceWindow } from '@clearreel/shared/plan/source-window';
import { isMatroska } from '@clearreel/shared/spec/containers';
import { type JobSpec, type OutputContainer, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { FilePathTarget, Output } from 'mediabunny';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { beepSeconds, packets, probe } from '../../../e2e/reference/index.ts';
import { serverAudioAbilities } from './audio-abilities.ts';
import { open, signal } from './reading.test-kit.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearreel-sound-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A file of the encoded track alone. */
async function encoded(
  { facts }: MediaSource,
  { track, action }: PlannedAudio,
  { output: { container }, trim }: JobSpec,
): Promise<string> {
  const path = join(folder, `${files++}.${container}`);
  const muxer = new Output({ format: outputFormat(container), target: new FilePathTarget(path) });
  if (action.kind !== 'encode') throw new Error('nothing is to be encoded');
  const window = sourceWindow(trim, facts.originSeconds);
  const feed = encodeAudio(muxer, track, action.codec, window);
  await muxer.start();
  await interleave([feed], signal, () => {});
  await muxer.finalize();
  if (isMatroska(container)) {
    const bytes = await readFile(path);
    correctMatroskaHeader(bytes);
    await writeFile(path, bytes);
  }
  return path;
}
let files = 0;

const cases = [
  ['ac3-mp4', 'webm', 'opus'],
  ['pcm-mov', 'webm', 'opus'],
  ['plain-h264', 'webm', 'opus'],
  ['mpeg2-ps', 'mp4', 'flac'],
  ['wmv', 'mkv', 'flac'],
  ['xvid-avi', 'webm', 'opus'],
] satisfies [string, OutputContainer, string][];

test.each(cases)(
  'server 1.9 the sound of %s goes into %s as %s, whole and in its place',
  async (name, container, codec) => {
    const path = await clip(name);
    const source = await open(path);
    const output = { container, codec: 'vp9' };
    const spec = parseJobSpec({ version: 1, enhance: {}, output });
    const [planned] = await planAudio(source, spec, serverAudioAbilities);
    expect(planned?.action).toEqual({ kind: 'encode', codec });
    if (!planned) return;

    const made = await encoded(source, planned, spec);
    const { streams } = await probe(made);
    expect(streams.map((each) => each.codec)).toEqual([codec]);
    const lengthOf = async (file: string) =>
      (await packets(file, 'a:0')).reduce((sum, each) => sum + (each.durationSeconds ?? 0), 0);
    expect(await lengthOf(made)).toBeCloseTo(await lengthOf(path), 1);
    source.dispose();
  },
);

test.each([
  { trim: undefined, heard: 1 },
  { trim: { startSeconds: 0.51 }, heard: 0.49 },
])('server 1.10 encoded sound is heard when it was: at $heard s', async ({ trim, heard }) => {
  const source = await open(await clip('flash-and-beep'));
  const output = { container: 'webm', codec: 'vp9' };
  const spec = parseJobSpec({ version: 1, enhance: {}, output, ...(trim && { trim }) });
  const [planned] = await planAudio(source, spec, serverAudioAbilities);
  if (!planned) throw new Error('no sound is planned');
  expect(await beepSeconds(await encoded(source, planned, spec))).toBeCloseTo(heard, 2);
  source.dispose();
});
