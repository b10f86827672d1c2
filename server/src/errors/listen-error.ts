import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import { codeOf } from '../storage/disk-error.ts';

const notHere: ReadonlySet<unknown> = new Set([
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EINVAL',
]);

/** Names the setting that an address cannot be listened on for; a port that is taken is no setting's fault. */
export function listenError(cause: unknown): unknown {
  const code = codeOf(cause);
  if (notHere.has(code)) {
    const detail = { option: 'HOST', mustBe: because('ADDRESS_HERE') };
    return new ClearReelError('SETTING_INVALID', detail, { cause });
  }
  if (code !== 'EACCES') return cause;
  const detail = { option: 'PORT', mustBe: because('PORT_ALLOWED') };
  return new ClearReelError('SETTING_INVALID', detail, { cause });
}
