import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice } from '@clearreel/shared/media/facts';
import type { Progress } from '@clearreel/shared/pipeline/progress';

/** How a command says what happens: to a person, or to a program. */
export interface Reporter {
  /** Something that happened, in words, with what programs may want to know of it. */
  say(event: string, words: string, data?: Readonly<Record<string, unknown>>): void;
  progress(progress: Progress): void;
  notice(notice: Notice): void;
  error(report: ErrorReport): void;
}

/** One JSON object a line on standard output. */
export class JsonReporter implements Reporter {
  say(event: string, words: string, data: Readonly<Record<string, unknown>> = {}): void {
    this.#write({ event, message: words, ...data });
  }

  progress(progress: Progress): void {
    this.#write({ event: 'progress', ...progress });
  }

  notice(notice: Notice): void {
    this.#write({ event: 'notice', ...notice });
  }

  error(report: ErrorReport): void {
    this.#write({ event: 'error', ...report });
  }

  #write(line: Readonly<Record<string, unknown>>): void {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

const barLength = 24;

const clock = (seconds: number) => {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${hours > 0 ? `${hours}:` : ''}${hours > 0 ? two(minutes) : minutes}:${two(whole % 60)}`;
};

export function barOf(progress: Progress): string {
  const { stage, framesDone, framesTotal, framesPerSecond, secondsLeft } = progress;
  const share = framesTotal > 0 ? framesDone / framesTotal : 0;
  const filled = Math.round(share * barLength);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barLength - filled)}`;
  const speed = framesPerSecond > 0 ? `  ${framesPerSecond.toFixed(1)} fps` : '';
  const left = secondsLeft === null ? '' : `  ${clock(secondsLeft)} left`;
  const frames = `${framesDone}/${framesTotal} frames`;
  return stage === 'join'
    ? 'joining the parts …'
    : `${bar} ${String(Math.floor(100 * share)).padStart(3)} %  ${frames}${speed}${left}`;
}

const eraseLine = '\r\u001b[2K';

/** Words on standard error, with a bar on a terminal; standard output is for videos. */
export class PlainReporter implements Reporter {
  readonly #stream = process.stderr;
  #hasBar = false;

  say(_event: string, words: string): void {
    this.#line(words);
  }

  progress(progress: Progress): void {
    if (!this.#stream.isTTY) return;
    this.#stream.write(`${eraseLine}${barOf(progress)}`);
    this.#hasBar = true;
  }

  notice({ message }: Notice): void {
    this.#line(`Note: ${message}`);
  }

  error({ code, message, todo }: ErrorReport): void {
    this.#line(`${message} ${todo} (${code})`);
  }

  #line(words: string): void {
    this.#stream.write(`${this.#hasBar ? eraseLine : ''}${words}\n`);
    this.#hasBar = false;
  }
}
