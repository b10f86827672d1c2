import { Film } from 'lucide-react';
import { useEffect, useState } from 'react';
import { jobDb } from '../jobs/job-db.ts';

/** A small picture of the job, or a film strip where there is none. */
export function Thumbnail({ jobId, className = '' }: { jobId: string; className?: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    let made: string | null = null;
    // Without a picture the card is whole all the same.
    jobDb.thumbnail(jobId).then(
      (blob) => {
        if (isGone || !blob) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => {},
    );
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [jobId]);
  return (
    <div
      className={`grid aspect-video shrink-0 place-items-center overflow-hidden rounded-lg bg-stage text-white/50 ${className}`}
    >
      {url ? (
        <img src={url} alt="" className="size-full object-contain" />
      ) : (
        <Film size={20} aria-hidden />
      )}
    </div>
  );
}
