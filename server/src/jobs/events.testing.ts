import { eventSchemas } from '@clearreel/shared/api/events';

export interface WatchedEvent {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
}

/** Reads Server-Sent Events one by one, each against its schema. */
export class EventReader implements AsyncDisposable {
  readonly #abort = new AbortController();
  readonly #events: AsyncGenerator<WatchedEvent>;

  constructor(url: string, lastEventId?: string) {
    this.#events = this.#read(url, lastEventId);
  }

  async next(): Promise<WatchedEvent> {
    const { value, done } = await this.#events.next();
    if (done) throw new Error('the stream ended');
    return value;
  }

  /** The next event for which it is so; those before it are let go. */
  async until(isIt: (event: WatchedEvent) => boolean): Promise<WatchedEvent> {
    for (;;) {
      const event = await this.next();
      if (isIt(event)) return event;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort();
    await this.#events.return(undefined).catch(() => undefined);
  }

  async *#read(url: string, lastEventId?: string): AsyncGenerator<WatchedEvent> {
    const response = await fetch(url, {
      signal: this.#abort.signal,
      headers: lastEventId ? { 'last-event-id': lastEventId } : {},
    });
    if (!response.body || !response.ok)
      throw new Error(`${response.status}: ${await response.text()}`);
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parse(block);
        if (event) yield event;
      }
    }
  }
}

function parse(block: string): WatchedEvent | null {
  const fields = new Map(
    block.split('\n').map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  const name = fields.get('event');
  if (!name) return null;
  const schema = eventSchemas[name as keyof typeof eventSchemas];
  return {
    id: fields.get('id') ?? '',
    name,
    data: schema.parse(JSON.parse(fields.get('data') ?? '')),
  };
}
