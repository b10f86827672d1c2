import type { SourceFacts } from '@clearreel/shared/media/facts';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { jobDb } from './job-db.ts';
import type { JobRecord } from './job-record.ts';
import { deleteJob } from './sweep.ts';

export async function removeAllJobs(): Promise<void> {
  await Promise.all((await jobDb.list()).map(({ id }) => deleteJob(id)));
}

export interface RecordParts extends Partial<Omit<JobRecord, 'order' | 'source'>> {
  readonly name?: string;
  readonly bytes?: number;
  readonly durationSeconds?: number;
}

/** A record as a page stores it; no file belongs to it. */
export function jobRecord(parts: RecordParts = {}): Omit<JobRecord, 'order'> {
  const { name = 'clip.mp4', bytes = 1000, durationSeconds = 3, ...rest } = parts;
  return {
    id: crypto.randomUUID(),
    createdAtMs: Date.now(),
    state: 'queued',
    source: { name, bytes, fingerprint: '0'.repeat(64) },
    facts: factsOf(bytes, durationSeconds),
    spec: parseJobSpec({ version: 1, enhance: {}, output: { container: 'mp4', codec: 'avc' } }),
    host: {},
    notices: [],
    ...rest,
  };
}

const factsOf = (bytes: number, durationSeconds: number): SourceFacts => ({
  ...{ container: 'mp4', bytes, durationSeconds, audio: [] },
  video: {
    ...{ codec: 'avc', width: 1280, height: 720, rotation: 0, flip: false },
    pixelAspect: { num: 1, den: 1 },
    colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
    ...{ hdr: false, bitDepth: 8, hasAlpha: false, languageCode: 'und', name: null },
    ...{ averageFrameRate: 25, constantFrameRate: 25 },
  },
  demuxer: { value: 'mediabunny', reason: 'It can.' },
  decoder: { value: 'webcodecs', reason: 'It can.' },
});
