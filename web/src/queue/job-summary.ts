import { outputGeometry } from '@clearreel/shared/spec/geometry';
import { formatBytes, formatDuration } from '../i18n/format.ts';
import type { Translate } from '../i18n/language.ts';
import { models } from '../inference/catalogue.ts';
import type { JobRecord } from '../jobs/job-record.ts';

export const modelName = (t: Translate, id: string): string =>
  models.find((model) => model.id === id)?.name ?? (id === 'none' ? t('settings.noModel') : id);

/** `640×360 → 1280×720, Reel ×2, 3 sec, 1.2 MB` */
export function jobSummary(t: Translate, { facts, spec, result, report }: JobRecord): string {
  const parts: string[] = [];
  if (facts) {
    const { video, durationSeconds } = facts;
    const out = report ?? outputGeometry(video, spec.enhance.target, spec.output.codec);
    parts.push(`${video.width}×${video.height} → ${out.width}×${out.height}`);
    parts.push(formatDuration(durationSeconds));
  }
  parts.push(modelName(t, spec.enhance.model));
  if (result) parts.push(formatBytes(result.bytes));
  return parts.join(', ');
}
