import { useEffect, useState } from 'react';
import type { JobRecord } from '../jobs/job-record.ts';
import { readJobFile } from '../storage/job-files.ts';
import { Notices } from './notices.tsx';

interface Saveable {
  readonly name: string;
  readonly url: string;
}

export function ResultCard({ job }: { job: JobRecord }) {
  const [files, setFiles] = useState<readonly Saveable[]>([]);
  useEffect(() => {
    const urls: string[] = [];
    let isGone = false;
    void readFiles(job).then((found) => {
      if (isGone) return;
      setFiles(
        found.map(({ name, file }) => {
          const url = URL.createObjectURL(file);
          urls.push(url);
          return { name, url };
        }),
      );
    });
    return () => {
      isGone = true;
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [job]);
  const [video, ...sideFiles] = files;
  return (
    <section className="card" aria-label="Result">
      <h2 className="font-medium">{job.result?.fileName}</h2>
      {video && (
        <>
          {/* biome-ignore lint/a11y/useMediaCaption: captions, if there are any, are tracks of the file itself */}
          <video className="my-3 w-full rounded-md bg-black" src={video.url} controls />
          <div className="flex flex-wrap gap-3">
            <a className="button" href={video.url} download={video.name}>
              Save video
            </a>
            {sideFiles.map(({ name, url }) => (
              <a key={name} className="button-quiet" href={url} download={name}>
                Save {name}
              </a>
            ))}
          </div>
        </>
      )}
      <Notices notices={job.notices} />
      <details className="mt-4 text-sm">
        <summary>Details</summary>
        <section aria-label="Report">
          <pre className="overflow-x-auto">{JSON.stringify(job.report, null, 2)}</pre>
        </section>
      </details>
    </section>
  );
}

async function readFiles({ id, result, spec }: JobRecord) {
  if (!result) return [];
  const stored = [
    { stored: `result.${spec.output.container}`, name: result.fileName },
    ...result.sideFiles.map((name) => ({ stored: name, name })),
  ];
  const files = await Promise.all(
    stored.map(async ({ stored: storedName, name }) => ({
      name,
      file: await readJobFile(id, storedName),
    })),
  );
  return files.flatMap(({ name, file }) => (file ? [{ name, file }] : []));
}
