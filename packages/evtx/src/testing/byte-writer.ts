/** Bytes written one after another, little-endian, into a buffer of fixed capacity. */
export class ByteWriter {
  readonly buffer: Buffer;
  offset: number;

  constructor(capacity: number, offset: number) {
    this.buffer = Buffer.alloc(capacity);
    this.offset = offset;
  }

  u8(value: number): void {
    this.offset = this.buffer.writeUInt8(value, this.offset);
  }

  u16(value: number): void {
    this.offset = this.buffer.writeUInt16LE(value, this.offset);
  }

  u32(value: number): void {
    this.offset = this.buffer.writeUInt32LE(value, this.offset);
  }

  u64(value: bigint): void {
    this.offset = this.buffer.writeBigUInt64LE(value, this.offset);
  }

  bytes(bytes: Uint8Array): void {
    this.buffer.set(bytes, this.offset);
    this.offset += bytes.length;
  }

  /** Writes a 32-bit size, runs `body`, and then fills in how many bytes it wrote. */
  sized(body: () => void): void {
    const at = this.offset;
    this.u32(0);
    body();
    this.buffer.writeUInt32LE(this.offset - at - 4, at);
  }
}
