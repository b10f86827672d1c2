import { type JobSpec, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import type { Page } from 'playwright';
import type { EngineReport } from '../../web/src/jobs/job-record.ts';
import { AppPage } from '../driver/app-page.ts';

export interface TimedJob {
  /** From the click on Start to the result on the page. */
  readonly wallSeconds: number;
  readonly report: EngineReport;
}

interface SpecParts {
  readonly trim?: JobSpec['trim'];
  readonly enhance?: Partial<JobSpec['enhance']>;
}

/** H.264 in MP4 with the app's defaults but for `parts`. */
export const benchSpec = ({ trim, enhance = {} }: SpecParts = {}): JobSpec =>
  parseJobSpec({
    version: 1,
    ...(trim && { trim }),
    enhance,
    output: { container: 'mp4', codec: 'avc' },
  });

/** Picks the file and has everything ready up to the click on Start. */
export async function prepareJob(page: Page, path: string, spec: JobSpec): Promise<AppPage> {
  const app = new AppPage(page);
  await app.pick(path, { provider: 'wasm' });
  await app.applySpec(spec);
  return app;
}

export async function runPrepared(app: AppPage): Promise<TimedJob> {
  const startMs = performance.now();
  await app.start();
  const report = (await app.finished()) as unknown as EngineReport;
  return { wallSeconds: (performance.now() - startMs) / 1000, report };
}
