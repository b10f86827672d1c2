import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { OfferedFile } from './use-result-files.ts';

interface ResultPlayerProps {
  readonly job: JobRecord;
  readonly result: OfferedFile;
}

export function ResultPlayer({ result }: ResultPlayerProps) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/useMediaCaption: captions, if there are any, are tracks of the file itself
    <video
      aria-label={t('job.result')}
      className="max-h-[70vh] w-full rounded-2xl bg-stage"
      src={result.url}
      controls
    />
  );
}
