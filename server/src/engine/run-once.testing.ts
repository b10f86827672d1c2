// Runs one job in a process of its own, so that it can be killed. Says each finished segment on a line.
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { runJob } from './run-job.ts';

const [sourcePath = '', workFolder = '', resultFolder = '', spec = ''] = process.argv.slice(2);

await runJob({
  ...{ sourcePath, workFolder, resultFolder },
  sourceName: 'a video.mp4',
  spec: parseJobSpec(JSON.parse(spec)),
  providers: ['cpu'],
  signal: new AbortController().signal,
  onProgress: () => {},
  onSegment: async ({ index }) => console.log(`segment ${index}`),
});
