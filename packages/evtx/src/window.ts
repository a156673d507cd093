/** A position in a stream of bytes from which a bounded number of bytes can be seen ahead. */
export class Window {
  /** Bytes passed so far. */
  offset = 0;
  readonly #source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #ahead: Uint8Array = new Uint8Array(0);

  constructor(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#source = Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();
  }

  /** The next `size` bytes, fewer only at the end of the stream. They stay valid until the next `peek`. */
  async peek(size: number): Promise<Uint8Array> {
    const pieces = this.#ahead.length > 0 ? [this.#ahead] : [];
    for (let length = this.#ahead.length; length < size;) {
      const next = await this.#source.next();
      if (next.done === true) break;
      pieces.push(next.value);
      length += next.value.length;
    }
    this.#ahead = pieces.length > 1 ? Buffer.concat(pieces) : (pieces[0] ?? this.#ahead);
    return this.#ahead.subarray(0, size);
  }

  /** Passes `size` of the bytes that were peeked at. */
  skip(size: number): void {
    this.#ahead = this.#ahead.subarray(size);
    this.offset += size;
  }

  /** Lets the source know that nothing more is wanted. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
