import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import { noSeconds } from '@clearreel/shared/pipeline/progress';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import type { JobOutcome } from '../stored-job.ts';

export const someSpec = parseJobSpec({
  version: 1,
  enhance: {},
  output: { container: 'mp4', codec: 'avc' },
});

const choice = { value: 'cpu', reason: 'The processor does the work.' };
export const someFacts: SourceFacts = {
  container: 'mp4',
  bytes: 1000,
  durationSeconds: 2,
  video: {
    codec: 'avc',
    width: 64,
    height: 36,
    rotation: 0,
    flip: false,
    pixelAspect: { num: 1, den: 1 },
    colour: { primaries: null, transfer: null, matrix: null, fullRange: null },
    hdr: false,
    bitDepth: 8,
    hasAlpha: false,
    languageCode: 'und',
    name: null,
    averageFrameRate: 25,
    constantFrameRate: 25,
  },
  audio: [],
  demuxer: { value: 'mediabunny', reason: 'mediabunny reads mp4.' },
  decoder: { value: 'node-av', reason: 'FFmpeg decodes it.' },
};
export const someOutcome: JobOutcome = {
  storedName: 'result.mp4',
  fileName: 'clip-2x.mp4',
  mimeType: 'video/mp4',
  bytes: 2000,
  sideFiles: [],
  frameCount: 50,
  facts: someFacts,
  provider: choice,
  encoder: choice,
  inferenceSeconds: 1,
  stageSeconds: noSeconds(),
};

export const someReport = new ClearReelError('SOURCE_NO_FRAMES').toReport();
