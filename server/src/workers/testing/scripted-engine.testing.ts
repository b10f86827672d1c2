import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { noSeconds } from '@clearreel/shared/pipeline/progress';
import type { AdoptSegments } from '../../jobs/job-files.ts';
import { someOutcome } from '../../jobs/suite/samples.testing.ts';
import { writeWhole } from '../../storage/disk-folder.ts';
import type { FinishedWork, WorkerEngine, WorkerRun } from '../engine.ts';
import {
  goName,
  heldName,
  resultText,
  type Script,
  scriptSchema,
  segmentText,
} from './script.testing.ts';

const write = (folder: string, name: string, text: string) =>
  writeWhole(folder, name, [Buffer.from(text)]);

const segmentsName = 'segments';
const nameOf = (index: number) => `${index}.segment`;

/** As the engine's own does with its files. */
export const adoptScriptedSegments: AdoptSegments = async (from, to, indices) => {
  await mkdir(join(to, segmentsName), { recursive: true });
  for (const index of indices) {
    const path = [segmentsName, nameOf(index)];
    await link(join(from, ...path), join(to, ...path)).catch((error) => {
      if (!['ENOENT', 'EEXIST'].includes(error.code)) throw error;
    });
  }
};

/** An engine without a picture: it writes real files, and goes wrong where its script says. */
export class ScriptedEngine implements WorkerEngine {
  async run(run: WorkerRun): Promise<FinishedWork> {
    const script = scriptSchema.parse(JSON.parse(await readFile(run.sourcePath, 'utf8')));
    const { workFolder, resultFolder, signal } = run;
    const epoch = basename(dirname(workFolder));
    const isWrong = Number(epoch) <= script.attempts;
    const at = (place: string) => this.#reach(place, isWrong ? script : null, run);

    await at('begin');
    const segments = join(workFolder, segmentsName);
    await mkdir(segments, { recursive: true });
    for (let index = 0; index < script.segments; index++) {
      if (existsSync(join(segments, nameOf(index)))) continue;
      signal.throwIfAborted();
      await wait(script.segmentMs);
      await at(`${index} made`);
      await write(segments, nameOf(index), segmentText(index));
      await at(`${index} stored`);
      await run.onSegment({ index, frameCount: 10 });
      await at(`${index} recorded`);
      this.#report(run, index + 1, script.segments);
    }
    await at('join');
    const names = await readdir(segments);
    const sorted = names.sort(
      (one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10),
    );
    const texts = await Promise.all(sorted.map((name) => readFile(join(segments, name), 'utf8')));
    await write(resultFolder, someOutcome.storedName, texts.join(''));
    await at('result');
    const bytes = resultText(script.segments).length;
    return { outcome: { ...someOutcome, bytes, frameCount: 10 * script.segments }, notices: [] };
  }

  async #reach(place: string, script: Required<Script> | null, run: WorkerRun): Promise<void> {
    if (script?.at !== place) return;
    await write(run.workFolder, heldName, String(process.pid));
    switch (script.how) {
      case 'hold':
        await new Promise((_, reject) => {
          const stop = () => reject(run.signal.reason);
          if (run.signal.aborted) stop();
          else run.signal.addEventListener('abort', stop);
        });
        break;
      case 'hold deaf':
        await new Promise(() => {});
        break;
      case 'exit':
        process.exit(7);
        break;
      case 'out of memory': {
        const kept: unknown[] = [];
        for (;;) kept.push(Array.from({ length: 1e6 }, () => ({ place })));
      }
      case 'freeze':
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
        break;
      case 'fail':
        throw ClearReelError.fromReport({
          code: script.code as 'INFERENCE_FAILED',
          detail: { reason: 'the script says so' },
        });
      case 'wait':
        while (!existsSync(join(run.workFolder, goName))) await wait(10);
        break;
      case 'finish twice': {
        const [jobId, epoch] = run.workFolder.split('/').slice(-3);
        const finished = { kind: 'finished', outcome: someOutcome, notices: [] };
        process.send?.({ ...finished, attempt: `${jobId}/${epoch}` });
        break;
      }
      case 'nonsense':
        process.send?.({ kind: 'nonsense' });
        await new Promise(() => {});
        break;
    }
  }

  #report({ onProgress }: WorkerRun, segmentsDone: number, segmentsTotal: number): void {
    onProgress({
      stage: 'enhance',
      provider: 'cpu',
      framesDone: 10 * segmentsDone,
      framesTotal: 10 * segmentsTotal,
      segmentsDone,
      segmentsTotal,
      framesPerSecond: 1,
      secondsLeft: null,
      elapsedSeconds: 1,
      stageSeconds: noSeconds(),
    });
  }
}
