import type { JobRecord } from '../jobs/job-record.ts';
import { useApp } from './store.ts';

const isUnfinished = ({ state }: JobRecord) => state !== 'completed';

/** Jobs that were interrupted, failed or cancelled: their finished parts are kept until they are deleted. */
export function JobList() {
  const { jobs, runningElsewhere, job: current, isRunning } = useApp();
  const unfinished = jobs.filter(
    (job) => isUnfinished(job) && !(isRunning && job.id === current?.id),
  );
  if (unfinished.length === 0) return null;
  return (
    <section className="card" aria-label="Unfinished jobs">
      <h2 className="font-medium">Unfinished</h2>
      <ul className="mt-2 flex flex-col gap-3">
        {unfinished.map((job) => (
          <UnfinishedJob key={job.id} job={job} isBusy={runningElsewhere.has(job.id)} />
        ))}
      </ul>
    </section>
  );
}

function UnfinishedJob({ job, isBusy }: { job: JobRecord; isBusy: boolean }) {
  const { resume, remove, isRunning } = useApp();
  const { hasHandle, hasCopy } = job.source;
  if (isBusy) return <li>{job.source.name} – running in another tab</li>;
  return (
    <li className="flex flex-wrap items-center gap-3" data-job={job.id}>
      <span>
        {job.source.name} – {job.state === 'processing' ? 'interrupted' : job.state}
      </span>
      {(hasHandle || hasCopy) && (
        <button
          type="button"
          className="button"
          aria-label={`Go on with ${job.source.name}`}
          disabled={isRunning}
          onClick={() => void resume(job.id)}
        >
          Continue
        </button>
      )}
      <label className="flex items-center gap-2 text-sm">
        Pick it again to continue
        <input
          type="file"
          aria-label={`Continue ${job.source.name}`}
          disabled={isRunning}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) void resume(job.id, file);
          }}
        />
      </label>
      <button
        type="button"
        className="button-quiet"
        disabled={isRunning}
        onClick={() => void remove(job.id)}
      >
        Delete
      </button>
    </li>
  );
}
