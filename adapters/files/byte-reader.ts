/**
 * Bytes that come in chunks, taken in the pieces that a format asks for. An error of the source is thrown only after all bytes
 * before it were given.
 */
export class ByteReader {
  /** How many bytes were taken so far. */
  position = 0;
  private readonly source: AsyncIterator<Uint8Array>;
  private chunks: Uint8Array[] = [];
  private size = 0;
  private ended = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** The next bytes without taking them; fewer only where there are no more. */
  async peek(count: number): Promise<Buffer> {
    while (this.size < count && !this.ended) await this.pull();
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.atHand(count);
  }

  /** What is at hand, at most `most` bytes, without taking it; empty at the end. Throws the source's error where it comes next. */
  async peekChunk(most: number): Promise<Buffer> {
    while (this.size === 0 && !this.ended) await this.pull();
    if (this.size === 0) this.throwFailure();
    return this.atHand(most);
  }

  /** Takes the next bytes; fewer only at the end. Throws the source's error where it comes first. */
  async take(count: number): Promise<Buffer> {
    const bytes = await this.peek(count);
    if (bytes.length < count) this.throwFailure();
    this.drop(bytes.length);
    return bytes;
  }

  /** Takes bytes that were peeked at. */
  drop(count: number): void {
    this.position += count;
    this.size -= count;
    for (let left = count; left > 0;) {
      const chunk = this.chunks[0]!;
      if (chunk.length > left) {
        this.chunks[0] = chunk.subarray(left);
        return;
      }
      left -= chunk.length;
      this.chunks.shift();
    }
  }

  /** Takes the next bytes as they come, at most `count`. Throws the source's error after them. */
  async *stream(count = Infinity): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0;) {
      const chunk = await this.peekChunk(left);
      if (chunk.length === 0) return;
      this.drop(chunk.length);
      left -= chunk.length;
      yield chunk;
    }
  }

  /** Throws what the source threw, if it has ended so. */
  throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }

  /** Lets the source go, wherever it stands. */
  async close(): Promise<void> {
    this.ended = true;
    this.chunks = [];
    this.size = 0;
    await this.source.return?.();
  }

  private atHand(most: number): Buffer {
    const [chunk] = this.chunks;
    return chunk ? Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(most, chunk.length)) : Buffer.alloc(0);
  }

  private async pull(): Promise<void> {
    try {
      const step = await this.source.next();
      if (step.done) this.ended = true;
      else if (step.value.length > 0) {
        this.size += step.value.length;
        this.chunks.push(step.value);
      }
    } catch (error) {
      this.ended = true;
      this.failure = { error };
    }
  }
}
