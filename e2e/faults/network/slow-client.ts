import { once } from 'node:events';
import { connect } from 'node:net';

/** A client that begins a request and then says no more, or only a byte now and then. */
export class SlowClient {
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  /** @returns what the server answered, once it has closed the connection */
  async say(start: string, everyMs?: number): Promise<string> {
    const socket = connect(this.#port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
    });
    // It is ended by the other side, in whatever way.
    socket.on('error', () => {});
    socket.write(start);
    const drip = everyMs === undefined ? null : setInterval(() => socket.write('x'), everyMs);
    await once(socket, 'close');
    if (drip) clearInterval(drip);
    return answer;
  }
}
