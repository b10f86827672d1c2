import type { EncodedPacket } from 'mediabunny';

/** What a decoder was given since the last key packet that all later frames can be decoded from again. */
export class FedPackets {
  /** Timestamps in decode order, those of `key` and all behind it. */
  readonly seconds: number[] = [];
  #keys: { readonly packet: EncodedPacket; readonly position: number }[] = [];
  /** Packets forgotten, counted from the first that was given. */
  #forgotten = 0;

  get key(): EncodedPacket | undefined {
    return this.#keys[0]?.packet;
  }

  add(packet: EncodedPacket): void {
    const position = this.#forgotten + this.seconds.length;
    if (packet.type === 'key' || position === 0) this.#keys.push({ packet, position });
    this.seconds.push(packet.timestamp);
  }

  /** Packets of `seconds` that must have been decoded when `frames` frames have come out since the first packet. */
  decodedBy(frames: number): number {
    return Math.max(0, frames - this.#forgotten);
  }

  /** Forgets groups of pictures that lie behind. */
  settle(frames: number): void {
    for (let next = this.#keys[1]; next && next.position <= frames; next = this.#keys[1]) {
      this.#keys.shift();
      this.seconds.splice(0, next.position - this.#forgotten);
      this.#forgotten = next.position;
    }
  }
}
