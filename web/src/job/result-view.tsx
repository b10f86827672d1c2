import { Download, Share2 } from 'lucide-react';
import { showFailure } from '../app/failures.tsx';
import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { RemoteResultView } from '../server/remote-result.tsx';
import { ResultFrame } from './result-frame.tsx';
import { ResultPlayer } from './result-player.tsx';
import { canSaveTo, canShare, saveTo, share } from './save.ts';
import { useResultFiles } from './use-result-files.ts';
import { useSourceFile } from './use-source-file.ts';

/** A finished job: look, compare, save. */
export function ResultView({ job }: { job: JobRecord }) {
  return job.remote ? <RemoteResultView job={job} /> : <LocalResultView job={job} />;
}

function LocalResultView({ job }: { job: JobRecord }) {
  const t = useT();
  const source = useSourceFile(job);
  const files = useResultFiles(job);
  const [video, ...sideFiles] = files ?? [];
  const act = (doing: Promise<void>) => void doing.catch(showFailure);
  const player = video ? (
    <ResultPlayer {...{ job, source }} result={video.file} url={video.url} />
  ) : (
    files && <p className="card text-muted">{t('job.filesGone')}</p>
  );
  const actions = (
    <>
      {video && (
        <a className="button" href={video.url} download={video.name}>
          <Download size={16} aria-hidden />
          {t('job.saveVideo')}
        </a>
      )}
      {video && canSaveTo() && (
        <button type="button" className="button-quiet" onClick={() => act(saveTo(video))}>
          {t('job.saveTo')}
        </button>
      )}
      {sideFiles.map(({ name, url }) => (
        <a key={name} className="button-quiet" href={url} download={name}>
          {t('job.saveFile', { name })}
        </a>
      ))}
      {video && canShare(video.file) && (
        <button type="button" className="button-quiet" onClick={() => act(share(video.file))}>
          <Share2 size={16} aria-hidden />
          {t('job.share')}
        </button>
      )}
    </>
  );
  return <ResultFrame {...{ job, player, actions }} />;
}
