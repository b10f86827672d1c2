import { noSeconds, type Progress } from '@clearreel/shared/pipeline/progress';
import { expect, it } from 'vitest';
import { type BoardEvent, ProgressBoard } from './progress-board.ts';

const progress = (framesDone: number): Progress => ({
  stage: 'enhance',
  provider: 'cpu',
  framesDone,
  framesTotal: 100,
  segmentsDone: 0,
  segmentsTotal: 4,
  framesPerSecond: 5,
  secondsLeft: null,
  elapsedSeconds: 1,
  stageSeconds: noSeconds(),
});
const framesOf = (events: readonly BoardEvent[] | null) =>
  events?.map(({ entry }) => entry.kind === 'progress' && entry.progress.framesDone);

it('server 5.70 whoever watches is told of each progress, until he goes', () => {
  const board = new ProgressBoard({ runId: 'r' });
  const seen: BoardEvent[] = [];
  const leave = board.subscribe((event) => seen.push(event));
  board.report('j', progress(1));
  board.report('j', progress(2));
  leave();
  board.report('j', progress(3));
  expect(framesOf(seen)).toEqual([1, 2]);
  expect(board.progressOf('j')?.framesDone).toBe(3);
});

it('server 5.71 whoever comes back is told of all that he missed', () => {
  const board = new ProgressBoard({ runId: 'r' });
  board.report('j', progress(1));
  const { lastEventId } = board;
  expect(board.since(lastEventId)).toEqual([]);
  board.report('j', progress(2));
  board.report('k', progress(3));
  expect(framesOf(board.since(lastEventId))).toEqual([2, 3]);
});

it('server 5.72 events of another run, forgotten ones and nonsense are not taken for known', () => {
  const board = new ProgressBoard({ runId: 'r', remembered: 2 });
  for (let frame = 1; frame <= 5; frame++) board.report('j', progress(frame));
  expect(framesOf(board.since('r-3'))).toEqual([4, 5]);
  for (const id of ['r-2', 'r-6', 'old-4', '', 'r', '4', 'r-x']) expect(board.since(id)).toBeNull();
});

it('server 5.73 the progress of a job that is gone is forgotten', () => {
  const board = new ProgressBoard({ runId: 'r' });
  board.report('j', progress(1));
  board.change({ kind: 'deleted', jobId: 'j' });
  expect(board.progressOf('j')).toBeNull();
});
