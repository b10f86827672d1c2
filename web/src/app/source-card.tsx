import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import { formatBytes } from '@clearreel/shared/progress/format';
import { canOpenHandles, droppedFile, openedFile } from './file-handles.ts';
import { Notices } from './notices.tsx';
import { useApp } from './store.ts';

export function SourceCard() {
  const { pick, inspection, isInspecting, isRunning, handle } = useApp();
  return (
    <section
      className="card"
      aria-label="Source"
      aria-busy={isInspecting}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void droppedFile(event.dataTransfer).then((found) => {
          if (found && !isRunning) return pick(found.file, found.handle);
        });
      }}
    >
      <label className="flex flex-col gap-2">
        <span className="font-medium">Video file</span>
        <input
          type="file"
          disabled={isRunning}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) void pick(file);
          }}
        />
      </label>
      {canOpenHandles() && (
        <button
          type="button"
          className="button-quiet mt-3"
          disabled={isRunning}
          onClick={() => void openedFile().then((found) => found && pick(found.file, found.handle))}
        >
          Open a file that stays known after a reload
        </button>
      )}
      {isInspecting && <p className="mt-3">Reading the file…</p>}
      {inspection && (
        <>
          <Facts facts={inspection.facts} />
          <Problems problems={inspection.problems} />
          <Notices notices={inspection.notices} />
          {!handle && <KeepCopy bytes={inspection.facts.bytes} />}
        </>
      )}
    </section>
  );
}

function Problems({ problems }: { problems: readonly ErrorReport[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className="mt-3" aria-label="Problems">
      {problems.map(({ code, message, todo }) => (
        <li key={code} data-code={code} className="font-medium">
          {message} {todo}
        </li>
      ))}
    </ul>
  );
}

/** Where the browser gives no handle, only a copy lets a job go on without the user picking the file again. */
function KeepCopy({ bytes }: { bytes: number }) {
  const { keepsCopy, setKeepsCopy, isRunning } = useApp();
  return (
    <label className="mt-3 flex items-center gap-2 text-sm">
      <input
        type="checkbox"
        checked={keepsCopy}
        disabled={isRunning}
        onChange={({ target }) => setKeepsCopy(target.checked)}
      />
      Keep a copy in the browser until the job is done ({formatBytes(bytes)}), to continue without
      picking the file again
    </label>
  );
}

function Facts({ facts }: { facts: SourceFacts }) {
  const { video, audio, demuxer, decoder } = facts;
  const rows = [
    ['Picture', `${video.width}×${video.height}, ${video.codec} in ${facts.container}`],
    [
      'Frame rate',
      video.constantFrameRate === null
        ? `${video.averageFrameRate.toFixed(2)} on average, variable`
        : video.constantFrameRate.toFixed(3),
    ],
    ['Length', `${facts.durationSeconds.toFixed(2)} s, ${formatBytes(facts.bytes)}`],
    [
      'Sound',
      audio.map((track) => `${track.codec ?? 'unknown'} (${track.languageCode})`).join(', ') ||
        'none',
    ],
    ['Read by', `${demuxer.value} – ${demuxer.reason}`],
    ['Decoded by', `${decoder.value} – ${decoder.reason}`],
  ] as const;
  return (
    <dl className="mt-4 grid grid-cols-[8rem_1fr] gap-y-1 text-sm">
      {rows.map(([term, fact]) => (
        <div key={term} className="contents">
          <dt className="text-stone-600 dark:text-stone-400">{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
