/** Records that are accepted and not yet in the lake: the measure of back-pressure. */
export class Backlog {
  private readonly sizes = new Map<number, number>();
  private readonly maxBytes: number;
  private readonly maxBatches: number;
  private total: number;
  /** Batches that another process left, counted as one. */
  private inherited: { batches: number; bytes: number };

  constructor(
    limits: { readonly maxBytes: number; readonly maxBatches: number },
    inherited: { batches: number; bytes: number },
  ) {
    this.maxBytes = limits.maxBytes;
    this.maxBatches = limits.maxBatches;
    this.inherited = { ...inherited };
    this.total = inherited.bytes;
  }

  get bytes(): number {
    return this.total;
  }

  get batches(): number {
    return this.sizes.size + this.inherited.batches;
  }

  get isFull(): boolean {
    return this.total >= this.maxBytes || this.batches >= this.maxBatches;
  }

  add(batch: number, bytes: number): void {
    this.sizes.set(batch, bytes);
    this.total += bytes;
  }

  settle(batches: readonly number[]): void {
    for (const batch of batches) {
      const bytes = this.sizes.get(batch);
      if (bytes === undefined) this.settleInherited();
      else this.total -= bytes;
      this.sizes.delete(batch);
    }
  }

  private settleInherited(): void {
    if (this.inherited.batches === 0) return;
    const share = this.inherited.bytes / this.inherited.batches;
    this.inherited = { batches: this.inherited.batches - 1, bytes: this.inherited.bytes - share };
    this.total -= share;
  }
}
