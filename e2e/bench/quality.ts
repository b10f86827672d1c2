import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whereAvailable } from './available.ts';
import type { Effort } from './effort.ts';
import { type QualityCase, type QualityFigures, rounded, type Score } from './figures.ts';
import { judge } from './quality/judge.ts';
import { pairsOf, type Scene, type SourceKind, scenes } from './quality/sources.ts';
import { loadUpscalers, type Upscaler } from './quality/upscalers.ts';

const kinds: readonly SourceKind[] = ['clean', 'x264 CRF 23'];

/** Every model at ×2 and ×4 against bicubic and Lanczos, on real clips reduced and enlarged again. */
export async function measureQuality(effort: Effort): Promise<QualityFigures> {
  const framesPerClip = effort === 'full' ? 2 : 1;
  const upscalers = await loadUpscalers();
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-quality-'));
  try {
    const cases: QualityCase[] = [];
    for (const factor of effort === 'full' ? [2, 4] : [4]) {
      for (const source of kinds) {
        const byClip: Record<string, Record<string, Score>> = {};
        for (const scene of effort === 'full' ? scenes : scenes.slice(0, 1)) {
          const scores = await whereAvailable(() =>
            scoresOf(upscalers, scene, factor, source, framesPerClip, folder),
          );
          if (scores) byClip[scene.clip] = scores;
        }
        cases.push({ factor, source, means: meansOf(byClip), byClip });
      }
    }
    return { framesPerClip, cases };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function scoresOf(
  upscalers: readonly Upscaler[],
  scene: Scene,
  factor: number,
  kind: SourceKind,
  frames: number,
  folder: string,
): Promise<Record<string, Score>> {
  const pairs = await pairsOf(scene, factor, kind, frames, folder);
  const truths = pairs.map(({ truth }) => truth);
  const scores: Record<string, Score> = {};
  for (const { name, enlarge } of upscalers) {
    const pictures = [];
    for (const { small } of pairs) pictures.push(await enlarge(small, factor));
    scores[name] = await judge(pictures, truths, folder);
  }
  return scores;
}

function meansOf(byClip: Readonly<Record<string, Record<string, Score>>>): Record<string, Score> {
  const clips = Object.values(byClip);
  const names = Object.keys(clips[0] ?? {});
  const mean = (name: string, value: (score: Score) => number, digits: number) => {
    const values = clips.flatMap((scores) => (scores[name] ? [value(scores[name])] : []));
    return rounded(values.reduce((sum, each) => sum + each, 0) / values.length, digits);
  };
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        psnrDb: mean(name, ({ psnrDb }) => psnrDb, 2),
        ssim: mean(name, ({ ssim }) => ssim, 4),
      },
    ]),
  );
}
