/** A growing column of 32-bit integers. */
export class Column {
  #cells = new Int32Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get(at: number): number {
    return this.#cells[at]!;
  }

  set(at: number, value: number): void {
    this.#cells[at] = value;
  }

  /** Adds a cell and answers its place. */
  push(value: number): number {
    if (this.#length === this.#cells.length) {
      const cells = new Int32Array(this.#length * 2);
      cells.set(this.#cells);
      this.#cells = cells;
    }
    this.#cells[this.#length] = value;
    return this.#length++;
  }
}
