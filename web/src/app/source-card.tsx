import type { SourceFacts } from '@clearreel/shared/media/facts';
import { formatBytes } from '@clearreel/shared/progress/format';
import { Notices } from './notices.tsx';
import { useApp } from './store.ts';

export function SourceCard() {
  const { pick, inspection, isInspecting, isRunning } = useApp();
  return (
    <section className="card" aria-busy={isInspecting}>
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
      {isInspecting && <p className="mt-3">Reading the file…</p>}
      {inspection && (
        <>
          <Facts facts={inspection.facts} />
          <Notices notices={inspection.notices} />
        </>
      )}
    </section>
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
