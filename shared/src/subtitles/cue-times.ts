/** Part of the source that becomes the result; seconds of source time. */
export interface KeptTime {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A cue's times in the result, cut to what is kept; `null` where nothing of it is. */
export function movedCue(
  startSeconds: number,
  endSeconds: number,
  kept: KeptTime | null,
): [startSeconds: number, endSeconds: number] | null {
  if (kept === null) return [startSeconds, endSeconds];
  const start = Math.max(startSeconds, kept.startSeconds);
  const end = Math.min(endSeconds, kept.endSeconds);
  return end > start ? [start - kept.startSeconds, end - kept.startSeconds] : null;
}

/** `hh:mm:ss` and a fraction of `digits` digits behind `point`. */
export function clock(seconds: number, digits: number, point: string): string {
  const unit = 10 ** digits;
  const units = Math.round(Math.max(0, seconds) * unit);
  const whole = Math.floor(units / unit);
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction = String(units % unit).padStart(digits, '0');
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${point}${fraction}`;
}

const secondsOf = (text: string) =>
  text
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);

/** SubRip with its cues moved and cut to what is kept, and numbered anew. */
export function moveSrt(srt: string, kept: KeptTime | null): string {
  const blocks = srt.replace(/\r/g, '').split(/\n\n+(?=\d+\n)/);
  const cues: string[] = [];
  for (const block of blocks) {
    const match = /^\s*\d+\n([\d:,.]+) --> ([\d:,.]+).*\n([\s\S]*)$/.exec(block);
    if (!match) continue;
    const [, from = '', to = '', text = ''] = match;
    const times = movedCue(secondsOf(from), secondsOf(to), kept);
    if (times === null) continue;
    const [start, end] = times.map((each) => clock(each, 3, ','));
    cues.push(`${cues.length + 1}\n${start} --> ${end}\n${text.trimEnd()}\n`);
  }
  return cues.join('\n');
}

/** Advanced SubStation Alpha with its events moved and cut; everything else stays. */
export function moveAss(ass: string, kept: KeptTime | null): string {
  return ass
    .replace(/\r/g, '')
    .split('\n')
    .flatMap((line) => {
      const match = /^(Dialogue|Comment): ([^,]*),([\d:.]+),([\d:.]+),(.*)$/.exec(line);
      if (!match) return [line];
      const [, kind, layer, from = '', to = '', rest] = match;
      const times = movedCue(secondsOf(from), secondsOf(to), kept);
      if (times === null) return [];
      const [start, end] = times.map((each) => clock(each, 2, '.').replace(/^0/, ''));
      return [`${kind}: ${layer},${start},${end},${rest}`];
    })
    .join('\n');
}
