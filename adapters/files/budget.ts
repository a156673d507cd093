import { Loss } from './loss.ts';

/** How much one input file may unpack to. */
export interface Limits {
  /** Bytes unpacked from one input file, nested archives counted at each level. */
  readonly maxUnpackedBytes: number;
  /** Bytes unpacked for each byte of the input file; applies from `RATIO_APPLIES_FROM` unpacked bytes on. */
  readonly maxUnpackedRatio: number;
  /** Members of all archives in one input file. */
  readonly maxMembers: number;
}

/** 64 GiB, 1,000 to 1 (the most that deflate reaches is 1,032), 100,000 members. */
export const DEFAULT_LIMITS: Limits = {
  maxUnpackedBytes: 64 * 2 ** 30,
  maxUnpackedRatio: 1_000,
  maxMembers: 100_000,
};

/** Less than this cannot hurt, however small the file was. */
export const RATIO_APPLIES_FROM = 256 * 2 ** 20;

/** Counts what comes out of one input file, and stops it when it is a bomb. */
export class Budget {
  /** The bound was crossed: nothing more of this input file is unpacked. */
  exceeded = false;
  private readonly limits: Limits;
  private readonly size: number;
  private readonly onBytes: ((bytes: number) => void) | undefined;
  private packed = 0;
  private unpacked = 0;
  private members = 0;

  /** `size` of the input file; 0 where it is not known before it is read. */
  constructor(limits: Limits, size: number, onBytes?: (bytes: number) => void) {
    this.limits = limits;
    this.size = size;
    this.onBytes = onBytes;
  }

  /** Bytes of the input file were read. What is read again (a zip's directory) is not told again. */
  read(bytes: number): void {
    const known = this.size > 0 ? Math.max(0, Math.min(bytes, this.size - this.packed)) : bytes;
    this.packed += known;
    if (known > 0) this.onBytes?.(known);
  }

  /** Bytes were unpacked. Throws `Loss` when they are too many. */
  unpack(bytes: number): void {
    this.unpacked += bytes;
    const { maxUnpackedBytes, maxUnpackedRatio } = this.limits;
    if (this.unpacked > maxUnpackedBytes) this.stop(`more than ${maxUnpackedBytes} bytes`);
    const packed = Math.max(this.size, this.packed);
    if (this.unpacked > RATIO_APPLIES_FROM && this.unpacked > packed * maxUnpackedRatio) {
      this.stop(`more than ${maxUnpackedRatio} times its ${packed} bytes`);
    }
  }

  /** An archive's member was found. Throws `Loss` when they are too many. */
  member(): void {
    this.members++;
    if (this.members > this.limits.maxMembers) this.stop(`more than ${this.limits.maxMembers} files`);
  }

  private stop(what: string): never {
    this.exceeded = true;
    throw new Loss(
      'too-large',
      `The rest was not unpacked: the input file unpacks to ${what}, as archives do that were made to fill disks. ` +
        'If it is to be trusted, unpack it yourself and give the folder.',
    );
  }
}

/** Passes bytes on, counting them as unpacked. */
export async function* counted(bytes: AsyncIterable<Uint8Array>, budget: Budget): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    budget.unpack(chunk.length);
    yield chunk;
  }
}
