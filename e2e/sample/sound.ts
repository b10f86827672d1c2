import { randomFrom } from './scene/tools.ts';

const rate = 48_000;
const turn = 2 * Math.PI;

/** Fades the ends, so that the clip neither starts nor stops with a click. */
const ends = (at: number, seconds: number) => Math.min(1, at / 0.25, (seconds - at) / 0.4);

/** Two quiet chords that swell one after the other. */
function chords(at: number, seconds: number): number {
  const chord = (notes: readonly number[], swell: number) =>
    notes.reduce((sum, hertz) => sum + Math.sin(turn * hertz * at), 0) * Math.max(0, swell);
  const half = Math.sin((Math.PI * at) / seconds) ** 2;
  return chord([146.83, 220, 277.18, 369.99], 1 - at / 1.6) + chord([196, 246.94, 293.66], half);
}

/** A bicycle bell, rung at a time: a few partials that die away at their own pace. */
function bell(at: number, rungAt: number): number {
  const since = at - rungAt;
  if (since < 0) return 0;
  const partials = [
    [2093, 1, 5],
    [2110, 0.6, 5.5],
    [5450, 0.35, 9],
    [8920, 0.15, 16],
  ] as const;
  return partials.reduce(
    (sum, [hertz, level, decay]) =>
      sum + level * Math.exp(-decay * since) * Math.sin(turn * hertz * since),
    0,
  );
}

/** Small waves at a quay wall: noise without its hiss, coming and going. */
function waves(seed: number, count: number): Float32Array {
  const random = randomFrom(seed);
  const heard = new Float32Array(count);
  let [low, lower] = [0, 0];
  for (let index = 0; index < count; index++) {
    low += 0.05 * (random() * 2 - 1 - low);
    lower += 0.01 * (low - lower);
    const swell = 0.55 + 0.45 * Math.sin((turn * index) / rate / 1.9 + seed);
    heard[index] = (low - lower) * swell;
  }
  return heard;
}

/** The sound of the scene as a WAV file; the bell goes from left to right with the cyclist. */
export function sound(seconds: number): Buffer {
  const count = Math.round(seconds * rate);
  const water = [waves(3, count), waves(4, count)];
  const samples = Buffer.alloc(count * 4);
  for (let index = 0; index < count; index++) {
    const at = index / rate;
    const toTheRight = 0.25 + 0.5 * (at / seconds);
    const music = 0.022 * chords(at, seconds);
    const rung = 0.1 * (bell(at, 0.7) + bell(at, 0.88));
    for (const side of [0, 1]) {
      const share = Math.sqrt(side ? toTheRight : 1 - toTheRight);
      const heard = music + rung * share + 0.5 * (water[side]?.[index] ?? 0);
      samples.writeInt16LE(Math.round(heard * ends(at, seconds) * 32_767), index * 4 + side * 2);
    }
  }
  return Buffer.concat([header(samples.length), samples]);
}

/** RIFF header of 16-bit stereo PCM. */
function header(bytes: number): Buffer {
  const riff = Buffer.alloc(44);
  riff.write('RIFF', 0);
  riff.writeUInt32LE(36 + bytes, 4);
  riff.write('WAVEfmt ', 8);
  riff.writeUInt32LE(16, 16);
  riff.writeUInt16LE(1, 20);
  riff.writeUInt16LE(2, 22);
  riff.writeUInt32LE(rate, 24);
  riff.writeUInt32LE(rate * 4, 28);
  riff.writeUInt16LE(4, 32);
  riff.writeUInt16LE(16, 34);
  riff.write('data', 36);
  riff.writeUInt32LE(bytes, 40);
  return riff;
}
