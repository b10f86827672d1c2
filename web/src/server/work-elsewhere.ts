import type { RemoteWork } from './remote-work.ts';

type Work = ReadonlyMap<string, RemoteWork>;

/** `asks` is a tab that has just been opened, and wants to know what the others do. */
type Message =
  | { readonly kind: 'tells'; readonly tab: string; readonly work: Work }
  | { readonly kind: 'asks' };

/** Tells other tabs what this one does for jobs of servers, and hears it of them. */
export class WorkElsewhere {
  readonly #channel = new BroadcastChannel('clearreel-remote-work');
  readonly #tab: string;
  readonly #onHeard: (work: Work) => void;
  readonly #heard = new Map<string, Work>();
  #own: Work = new Map();

  /** @param onHeard Given what all other tabs do, by job. */
  constructor(tab: string, onHeard: (work: Work) => void) {
    this.#tab = tab;
    this.#onHeard = onHeard;
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'tells') this.#hear(data.tab, data.work);
      else if (this.#own.size > 0) this.tell(this.#own);
    };
    this.#post({ kind: 'asks' });
  }

  tell(work: Work): void {
    this.#own = work;
    this.#post({ kind: 'tells', tab: this.#tab, work });
  }

  /** A tab that is gone has not said so. */
  forget(tab: string): void {
    if (this.#heard.has(tab)) this.#hear(tab, new Map());
  }

  close(): void {
    this.#channel.close();
  }

  #hear(tab: string, work: Work): void {
    if (work.size > 0) this.#heard.set(tab, work);
    else this.#heard.delete(tab);
    this.#onHeard(new Map([...this.#heard.values()].flatMap((each) => [...each])));
  }

  #post(message: Message): void {
    this.#channel.postMessage(message);
  }
}
