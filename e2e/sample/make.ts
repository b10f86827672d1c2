// Makes the clip that the app offers to a visitor who has none at hand: node e2e/sample/make.ts
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ffmpeg } from '../reference/ffmpeg.ts';
import { film } from './film.ts';
import { sound } from './sound.ts';

const [frames, framesPerSecond] = [60, 24];
const out = fileURLToPath(new URL('../../web/src/sample/sample.mp4', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'clearreel-sample-'));
try {
  let index = 0;
  for await (const png of film(Array.from({ length: frames }, (_, at) => at))) {
    await writeFile(join(folder, `${String(index++).padStart(3, '0')}.png`), png);
    console.log(`frame ${index} of ${frames}`);
  }
  await writeFile(join(folder, 'sound.wav'), sound(frames / framesPerSecond));
  const exactly = ['-threads', '1', '-fflags', '+bitexact', '-flags', '+bitexact'];
  // Averaging areas is what a small sensor does; full colour tags, so that no player has to guess.
  const small =
    'scale=320:180:flags=area:out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709';
  await ffmpeg(
    [
      ...['-framerate', String(framesPerSecond), '-i', '%03d.png', '-i', 'sound.wav'],
      ...['-vf', small, '-c:v', 'libx264', '-preset', 'slow', '-crf', '23', '-g', '48'],
      ...['-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', ...exactly, out],
    ],
    folder,
  );
} finally {
  await rm(folder, { recursive: true });
}
