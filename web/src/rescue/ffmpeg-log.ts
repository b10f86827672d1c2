/** A log line without `[Parsed_showinfo_1 @ 0x1234]`, which ffmpeg puts before some lines and not before others. */
export const withoutOrigin = (line: string): string =>
  line.replace(/^(?:\[[^\]]* @ 0x[0-9a-f]+\]\s*)+/i, '');

export interface FrameStamp {
  /** In units of the stream's time base; `null` where ffmpeg has no stamp. */
  readonly ticks: number | null;
  readonly isKey: boolean;
}

/** Stamp of a line of the `showinfo` filter, `null` where the line is none of these. */
export function stampOf(line: string): FrameStamp | null {
  const match = /^n:\s*\d+ pts:\s*(-?\d+|NOPTS) .* iskey:(\d)/.exec(line);
  if (match === null) return null;
  return { ticks: match[1] === 'NOPTS' ? null : Number(match[1]), isKey: match[2] === '1' };
}

/** Counter lines that ffmpeg prints twice a second while it works. */
export const isProgress = (line: string): boolean => /^(frame|size)=\s/.test(line);

const complaints =
  /error|invalid|fail|not found|no such|unable|unsupported|not supported|could not|cannot|can't|missing|corrupt|unknown|does not contain|moov|denied|out of memory|illegal|broken|truncat|damaged|overread|concealing/i;
/** Lines that match the words above and say nothing about the cause. */
const idle =
  /^(Aborted|Conversion failed|color_range|Reading option|Applying option|Statistics|Setting default|\s*\d+ frames success|Input stream|cur_dts is invalid)|harmless|deprecated|0 decode errors|0 decoding errors|unknown-sized/i;

/** Whether a line of ffmpeg's full log may say why something failed. */
export const isComplaint = (line: string): boolean => complaints.test(line) && !idle.test(line);

/** The line that tells a user most, cleaned of addresses; `null` where ffmpeg said nothing of use. */
export function tellingLine(lines: readonly string[]): string | null {
  const general = /^(Error while|Error opening|Could not write header|Nothing was written)/;
  const last = lines.findLast((line) => !general.test(line)) ?? lines.at(-1);
  if (last === undefined) return null;
  const words = last
    .replace(/^\/[^:\s]*:\s*/, '')
    .replace(/\/in\/\d+\/\S+?(?=[:\s]|$)/g, 'the file')
    .trim();
  return words.replace(/\.$/, '');
}
