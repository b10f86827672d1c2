import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Entered } from './ffmpeg-runtime.ts';

const reportFile = '/out/report.txt';

/** What ffprobe writes for `args` (give `-of` among them). Empty where it could read nothing. */
export async function probeText(entered: Entered, args: readonly string[]): Promise<string> {
  await entered.call('ffprobe', [...args, '-o', reportFile]);
  try {
    const bytes = await entered.ffmpeg.readFile(reportFile);
    return typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

/** Reads an output whole and frees ffmpeg's copy. */
export async function takeFile(entered: Entered, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const bytes = await entered.ffmpeg.readFile(path);
    await entered.ffmpeg.deleteFile(path);
    return bytes as Uint8Array<ArrayBuffer>;
  } catch (error) {
    throw new ClearReelError('INTERNAL', { stage: 'ffmpeg', reason: `no output (${error})` });
  }
}
