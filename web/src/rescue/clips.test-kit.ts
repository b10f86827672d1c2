/// <reference types="vitest/browser" />
import { commands } from 'vitest/browser';

declare module 'vitest/browser' {
  interface BrowserCommands {
    clipBytes(name: string): Promise<{ fileName: string; base64: string }>;
    mediaTool(program: 'ffmpeg' | 'ffprobe', args: string[]): Promise<string>;
    mediaToolOnFile(
      program: 'ffmpeg' | 'ffprobe',
      args: string[],
      base64: string,
      extension: string,
    ): Promise<string>;
  }
}

/** The clip's file, as a user would have picked it. */
export async function clipFile(name: string): Promise<File> {
  const { fileName, base64 } = await commands.clipBytes(name);
  return new File([Uint8Array.fromBase64(base64)], fileName);
}

const clipArgument = (name: string) => `{clip:${name}}`;

/** SHA-256 of every frame of the clip as the system's ffmpeg gives it through `filters`. */
export async function referenceHashes(name: string, filters: string): Promise<string[]> {
  const output = ['-map', '0:v:0', '-vf', filters, '-fps_mode', 'passthrough'];
  const hash = ['-f', 'framehash', '-hash', 'sha256', '-'];
  // ffmpeg's vector code scales with other roundings than its C code, which is all that wasm has.
  const input = ['-cpuflags', '0', '-noautorotate', '-copyts', '-i', clipArgument(name)];
  return dataLines(await commands.mediaTool('ffmpeg', [...input, ...output, ...hash])).map(
    (line) => line.split(',').at(-1)?.trim() ?? '',
  );
}

/** Timestamps in seconds of every frame of the clip as the system's ffmpeg decodes it. */
export async function referenceTimes(name: string): Promise<number[]> {
  // Else the encoder's time base, 1 / frame rate, would round the stamps.
  const exact = ['-fps_mode', 'passthrough', '-enc_time_base', '-1'];
  const output = ['-map', '0:v:0', ...exact, '-f', 'framecrc', '-'];
  const input = ['-noautorotate', '-copyts', '-i', clipArgument(name)];
  const text = await commands.mediaTool('ffmpeg', [...input, ...output]);
  const [num = 1, den = 1] = (/#tb 0: (\d+)\/(\d+)/.exec(text) ?? []).slice(1).map(Number);
  return dataLines(text).map((line) => (Number(line.split(',')[2]) * num) / den);
}

export interface ReferencePacket {
  readonly timestampSeconds: number;
  readonly bytes: number;
}

/** Packets of a track as the system's ffprobe lists them. */
export async function referencePackets(
  name: string,
  specifier: string,
): Promise<ReferencePacket[]> {
  const entries = ['-show_entries', 'packet=pts_time,size', '-of', 'csv=p=0'];
  const args = ['-select_streams', specifier, ...entries, clipArgument(name)];
  const text = await commands.mediaTool('ffprobe', args);
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .map(([time, bytes]) => ({ timestampSeconds: Number(time), bytes: Number(bytes) }));
}

/** When the decoded sound of the clip starts and how long it is, as the system's ffmpeg decodes it. */
export async function referenceSound(
  name: string,
): Promise<{ startSeconds: number; seconds: number }> {
  const output = ['-map', '0:a:0', '-c:a', 'pcm_s16le', '-f', 'framecrc', '-'];
  const text = await commands.mediaTool('ffmpeg', ['-copyts', '-i', clipArgument(name), ...output]);
  const [num = 1, den = 1] = (/#tb 0: (\d+)\/(\d+)/.exec(text) ?? []).slice(1).map(Number);
  const lines = dataLines(text).map((line) => line.split(',').map(Number));
  const ticks = lines.reduce((sum, [, , , duration = 0]) => sum + duration, 0);
  return { startSeconds: ((lines[0]?.[2] ?? 0) * num) / den, seconds: (ticks * num) / den };
}

const dataLines = (text: string) =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
