import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withBt709Transfer } from './avc-transfer.ts';

const folder = mkdtempSync(join(tmpdir(), 'avc-transfer-'));
afterAll(() => rmSync(folder, { recursive: true }));

function tool(name: 'ffmpeg' | 'ffprobe', ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(name, ['-v', 'error', ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** An Annex B stream by libx264, and where its sequence parameter set lies. */
function stream(name: string, ...options: string[]) {
  const path = join(folder, `${name}.h264`);
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=66x50:rate=25:duration=0.2'];
  tool('ffmpeg', ...source, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', ...options, '-y', path);
  const bytes = readFileSync(path);
  const start = bytes.indexOf(Buffer.from([0, 0, 0, 1, 0x67])) + 4;
  const end = bytes.indexOf(Buffer.from([0, 0, 0, 1]), start);
  return { bytes, start, end };
}

function colourOf(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const entries = 'stream=width,height,color_primaries,color_transfer,color_space,color_range';
  return tool('ffprobe', '-show_entries', entries, '-of', 'csv=p=0', path).trim();
}

const srgb = ['-color_primaries', 'bt709', '-color_trc', 'iec61966-2-1', '-colorspace', 'bt709'];

for (const profile of ['baseline', 'main', 'high']) {
  test(`12.4 a ${profile} stream tagged sRGB is tagged BT.709, and nothing else changes`, () => {
    const { bytes, start, end } = stream(profile, '-profile:v', profile, ...srgb);
    expect(colourOf('before.h264', bytes)).toContain('iec61966-2-1');
    const set = withBt709Transfer(bytes.subarray(start, end));
    const after = Buffer.concat([bytes.subarray(0, start), set, bytes.subarray(end)]);
    expect(colourOf('after.h264', after)).toBe(
      colourOf('before.h264', bytes).replace('iec61966-2-1', 'bt709'),
    );
    const hashes = (name: string) =>
      tool('ffmpeg', '-i', join(folder, name), '-f', 'framemd5', '-');
    expect(hashes('after.h264')).toBe(hashes('before.h264'));
  });
}

test('12.4 a stream without a colour description stays as it is', () => {
  const { bytes, start, end } = stream('untagged');
  const set = bytes.subarray(start, end);
  expect(withBt709Transfer(set)).toEqual(set);
});
