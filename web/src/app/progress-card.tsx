import { useApp } from './store.ts';

const stageNames = { prepare: 'Preparing', enhance: 'Enhancing', join: 'Joining' } as const;

export function ProgressCard() {
  const { progress, cancel } = useApp();
  const { framesDone = 0, framesTotal = 0, secondsLeft = null } = progress ?? {};
  const stage = stageNames[progress?.stage ?? 'prepare'];
  return (
    <section className="card" aria-label="Progress">
      <p className="font-medium">
        {stage}: {framesDone} of {framesTotal || '…'} frames
      </p>
      <progress className="my-2 w-full" value={framesDone} max={framesTotal || 1} />
      <p className="text-sm">
        {(progress?.framesPerSecond ?? 0).toFixed(2)} frames per second
        {secondsLeft !== null && `, about ${Math.ceil(secondsLeft)} s left`}
        {progress &&
          `, part ${Math.min(progress.segmentsDone + 1, progress.segmentsTotal)} of ${progress.segmentsTotal}`}
      </p>
      <button type="button" className="button-quiet mt-3" onClick={cancel}>
        Cancel
      </button>
    </section>
  );
}
