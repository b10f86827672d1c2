import { requireSpec } from '@clearreel/shared/prepare/check-spec';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { specHost } from '../engine/spec-host.ts';
import type { StoredUpload } from '../jobs/stored-job.ts';
import type { Uploads } from './uploads.ts';

/**
 * The upload, complete, for a job of this spec.
 * @throws ClearReelError `UPLOAD_MISSING`, `UPLOAD_UNFINISHED`, or what the job would fail with
 */
export async function uploadFor(
  spec: JobSpec,
  uploadId: string,
  uploads: Uploads,
): Promise<StoredUpload> {
  const upload = await uploads.whole(uploadId);
  if (upload.facts) requireSpec(upload.facts, spec, specHost(upload.facts));
  return upload;
}
