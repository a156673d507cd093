import type { TimeAssumption } from './record.ts';

/** What became of the records of a file or a hunt. At every moment after a frame: read = parsed + unparsed + refused. */
export class Counts {
  read = 0;
  parsed = 0;
  unparsed = 0;
  /** Why records could not be read, by reason. */
  refused: { [reason: string]: number } = {};
  /** Why records were kept but not understood, by reason. */
  unparsedBy: { [reason: string]: number } = {};
  /** Times that lacked something, by what was assumed. */
  assumed: { [what: string]: number } = {};

  /** Records that were seen but could not be read. */
  refuse(reason: string, records = 1): void {
    if (records === 0) return;
    this.read += records;
    this.refused[reason] = (this.refused[reason] ?? 0) + records;
  }

  /** A record that is kept but that nobody understood. */
  leave(reason: string): void {
    this.unparsed++;
    this.unparsedBy[reason] = (this.unparsedBy[reason] ?? 0) + 1;
  }

  /** A reader failed half-way: what it took and did not answer for is refused, so that the books balance. */
  settle(reason: string): void {
    const refused = Object.values(this.refused).reduce((sum, count) => sum + count, 0);
    const open = this.read - this.parsed - this.unparsed - refused;
    if (open > 0) this.refused[reason] = (this.refused[reason] ?? 0) + open;
  }

  assume(what: TimeAssumption): void {
    this.assumed[what] = (this.assumed[what] ?? 0) + 1;
  }

  /** Adds another file's counts (plain data: they may come from another thread). */
  add(other: Readonly<Pick<Counts, 'read' | 'parsed' | 'unparsed' | 'refused' | 'unparsedBy' | 'assumed'>>): void {
    this.read += other.read;
    this.parsed += other.parsed;
    this.unparsed += other.unparsed;
    for (const name of ['refused', 'unparsedBy', 'assumed'] as const) {
      for (const [reason, count] of Object.entries(other[name])) this[name][reason] = (this[name][reason] ?? 0) + count;
    }
  }

  /** Whether the books balance. */
  get balanced(): boolean {
    const refused = Object.values(this.refused).reduce((sum, count) => sum + count, 0);
    return this.read === this.parsed + this.unparsed + refused;
  }
}
