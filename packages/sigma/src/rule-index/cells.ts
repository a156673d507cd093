import { Block } from '../bytes/block.ts';
import type { Machine } from '../bytes/machine.ts';

/** The cells of a table of transitions: of each row its transitions, and the epoch in which it reported last. */
export interface Cells {
  /** For the moment: asked anew after every growth of anything. */
  readonly table: Uint16Array;
  readonly reported: Int32Array;
  /** Makes room for so many rows, of so many transitions each. */
  resize(rows: number, width: number): void;
}

/** Cells on JavaScript's heap. */
export class HeapCells implements Cells {
  table = new Uint16Array(0);
  reported = new Int32Array(0);

  resize(rows: number, width: number): void {
    const { table, reported } = this;
    this.table = new Uint16Array(rows * width);
    this.table.set(table);
    this.reported = new Int32Array(rows);
    this.reported.set(reported);
  }
}

/** Cells in the machine's memory, where WebAssembly reaches them. */
export class MachineCells implements Cells {
  readonly #machine: Machine;
  readonly #tableBlock: Block;
  readonly #reportedBlock: Block;
  #rows = 0;
  #width = 0;
  #table = new Uint16Array(0);
  #reported = new Int32Array(0);

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#tableBlock = new Block(machine, 0);
    this.#reportedBlock = new Block(machine, 0);
  }

  get tableAt(): number {
    return this.#tableBlock.at;
  }

  get reportedAt(): number {
    return this.#reportedBlock.at;
  }

  get table(): Uint16Array {
    if (this.#table.length === 0)
      this.#table = new Uint16Array(this.#machine.bytes.buffer, this.tableAt, this.#rows * this.#width);
    return this.#table;
  }

  get reported(): Int32Array {
    if (this.#reported.length === 0)
      this.#reported = new Int32Array(this.#machine.bytes.buffer, this.reportedAt, this.#rows);
    return this.#reported;
  }

  resize(rows: number, width: number): void {
    this.#rows = rows;
    this.#width = width;
    this.#tableBlock.grow(rows * width * 2);
    this.#reportedBlock.grow(rows * 4);
    this.#table = new Uint16Array(0);
    this.#reported = new Int32Array(0);
  }
}
