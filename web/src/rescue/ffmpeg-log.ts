/**
 * Stamp of a `showinfo` line in ticks of the stream's time base, `null` where the frame has none,
 * `undefined` where the line is none of showinfo's.
 */
export function stampOf(line: string): number | null | undefined {
  const match = /^n:\s*\d+ pts:\s*(-?\d+|NOPTS) /.exec(line);
  if (match === null) return undefined;
  return match[1] === 'NOPTS' ? null : Number(match[1]);
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
    .replace(/\[[^\]]*@ 0x[0-9a-f]+\]\s*/gi, '')
    .replace(/^\/[^:\s]*:\s*/, '')
    .replace(/\/in\/\d+\/\S+?(?=[:\s]|$)/g, 'the file')
    .trim();
  return words.replace(/\.$/, '');
}
