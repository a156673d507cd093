/** A position in a stream of bytes from which a bounded number of bytes can be seen ahead. */
export class Window {
  /** Bytes of the file passed so far. */
  offset: number;
  readonly #source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  /** What was taken from the source and not passed yet; only what a peek spans is ever joined. */
  readonly #ahead: Uint8Array[] = [];
  #length = 0;

  /** @param offset where `bytes` begin in their file */
  constructor(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, offset = 0) {
    this.offset = offset;
    this.#source = Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();
  }

  /** The next `size` bytes, fewer only at the end of the stream. */
  async peek(size: number): Promise<Uint8Array> {
    while (this.#length < size) {
      const next = await this.#source.next();
      if (next.done === true) break;
      if (next.value.length > 0) this.#ahead.push(next.value);
      this.#length += next.value.length;
    }
    const [first = new Uint8Array(0)] = this.#ahead;
    return first.length >= Math.min(size, this.#length)
      ? first.subarray(0, size)
      : Buffer.concat(this.#ahead, Math.min(size, this.#length));
  }

  /** Passes `size` of the bytes that were peeked at. */
  skip(size: number): void {
    this.offset += size;
    this.#length -= size;
    for (let left = size; left > 0;) {
      const first = this.#ahead[0]!;
      if (first.length > left) this.#ahead[0] = first.subarray(left);
      else this.#ahead.shift();
      left -= first.length;
    }
  }

  /** Lets the source know that nothing more is wanted. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
