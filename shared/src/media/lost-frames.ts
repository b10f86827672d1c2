import { notice } from '../notices/notice.ts';
import type { Notice } from './facts.ts';
import type { IndexedPacket } from './source.ts';

/** Says of all spans that were read, in one notice, which of their frames could not be had. */
export class LostFrames {
  readonly #notices: Notice[];
  #notice: Notice | null = null;
  readonly #lost = new Set<IndexedPacket>();
  readonly #wanted = new Set<IndexedPacket>();

  constructor(notices: Notice[]) {
    this.#notices = notices;
  }

  note(wanted: readonly IndexedPacket[], found: ReadonlySet<IndexedPacket>): void {
    for (const packet of wanted) {
      this.#wanted.add(packet);
      if (found.has(packet)) this.#lost.delete(packet);
      else this.#lost.add(packet);
    }
    if (this.#lost.size > 0) this.#say();
  }

  #say(): void {
    const seconds = [...this.#wanted].map(({ timestampSeconds }) => timestampSeconds);
    const said = notice('SPAN_DAMAGED', {
      lost: this.#lost.size,
      total: seconds.length,
      startSeconds: seconds.reduce((a, b) => Math.min(a, b)),
      endSeconds: seconds.reduce((a, b) => Math.max(a, b)),
    });
    const position = this.#notice ? this.#notices.indexOf(this.#notice) : this.#notices.length;
    this.#notices.splice(position, 1, said);
    this.#notice = said;
  }
}
