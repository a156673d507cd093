import type { Machine } from './machine.ts';

const released = new FinalizationRegistry<{ readonly machine: Machine; at: number }>(({ machine, at }) =>
  machine.run.release(at),
);

/** Some of the machine's memory, given back when nobody holds it any more. */
export class Block {
  readonly #held: { readonly machine: Machine; at: number };
  #length: number;

  constructor(machine: Machine, bytes: number) {
    this.#held = { machine, at: machine.run.allocate(bytes) };
    this.#length = bytes;
    released.register(this, this.#held);
  }

  /** Its address; another one after {@link grow}. */
  get at(): number {
    return this.#held.at;
  }

  /** Makes it longer; what is added is zero. */
  grow(bytes: number): void {
    const { machine, at } = this.#held;
    const larger = machine.run.allocate(bytes);
    machine.bytes.copyWithin(larger, at, at + this.#length);
    machine.run.release(at);
    this.#held.at = larger;
    this.#length = bytes;
  }
}
