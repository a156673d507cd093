/** Bytes that wait at most, and of one portion (a single line may be more). */
export const MAX_QUEUED_BYTES = 32 * 2 ** 20;
const PORTION_BYTES = 4 * 2 ** 20;

/** Lines that go to the intake together, and how many had no room since the last ones. */
export interface Portion {
  readonly lines: readonly string[];
  readonly overflow: number;
}

/** Lines from those who cannot be asked to wait. It holds so many and so many bytes; what comes beyond is counted. */
export class LineQueue {
  private readonly maxLines: number;
  private waiting: string[] = [];
  private bytes = 0;
  private overflow = 0;

  constructor(maxLines: number) {
    this.maxLines = maxLines;
  }

  /** Nothing is left to be told: neither lines nor how many had no room. */
  get isEmpty(): boolean {
    return this.waiting.length === 0 && this.overflow === 0;
  }

  add(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.waiting.length >= this.maxLines || this.bytes + bytes > MAX_QUEUED_BYTES) {
      this.overflow++;
      return;
    }
    this.waiting.push(line);
    this.bytes += bytes;
  }

  /** The first lines; they stay until they are {@link drop}ped. */
  first(): Portion {
    let bytes = 0;
    const end = this.waiting.findIndex((line) => (bytes += Buffer.byteLength(line)) > PORTION_BYTES);
    return { lines: this.waiting.slice(0, end < 0 ? undefined : Math.max(1, end)), overflow: this.overflow };
  }

  /** A portion was taken. */
  drop({ lines, overflow }: Portion): void {
    this.waiting = this.waiting.slice(lines.length);
    for (const line of lines) this.bytes -= Buffer.byteLength(line);
    this.overflow -= overflow;
  }
}
