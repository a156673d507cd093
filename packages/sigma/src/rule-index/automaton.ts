import { Block } from '../bytes/block.ts';
import { Machine } from '../bytes/machine.ts';
import type { TextSlice } from '../types.ts';
import { Alphabet, END, unitsOf } from './alphabet.ts';
import { HeapCells, MachineCells } from './cells.ts';
import type { LiteralList } from './literal-list.ts';
import type { Signals } from './signals.ts';
import { MAX_ROWS, Transitions, UNKNOWN } from './transitions.ts';
import { Trie } from './trie.ts';

const ASCII = 128;
const BACKSLASH = 92;
/** `walk` answers an address times this plus a row. */
const ADDRESS = 65_536;

/**
 * All literals of one field in one Aho–Corasick automaton. Virtual symbols at both ends of a text make prefixes,
 * suffixes and whole values ordinary literals. It reads strings, and bytes where they lie in the machine's memory.
 */
export class Automaton {
  readonly #trie: Trie;
  readonly #alphabet: Alphabet;
  readonly #maxRows: number;
  readonly #transitions: Transitions;
  #inMachine: InMachine | undefined;
  #row = 0;

  /** `maxRows`: fewer than {@link MAX_ROWS} are for tests. */
  constructor(literals: LiteralList, maxRows = MAX_ROWS) {
    this.#alphabet = new Alphabet(unitsOf(literals.texts));
    this.#maxRows = maxRows;
    this.#trie = new Trie(literals);
    this.#transitions = new Transitions(this.#trie, this.#alphabet, new HeapCells(), maxRows);
  }

  /** Reports the signals of every literal that the text holds; answers whether the text is more than ASCII. */
  scan(whole: string, signals: Signals): boolean {
    const text = this.#alphabet.prepare(whole);
    if (this.#trie.reportsEmpty) this.#trie.reportEmpty(signals);
    const transitions = this.#transitions;
    let row = transitions.start;
    let ascii = true;
    for (let at = 0; at < text.length; at++) {
      at = this.#run(text, at, row, signals.epoch);
      row = this.#row;
      if (at === text.length) break;
      const unit = text.charCodeAt(at);
      ascii &&= unit < ASCII;
      row = transitions.step(row, this.#alphabet.classOf(unit), signals);
    }
    if (transitions.isStep(row, END)) transitions.step(row, END, signals);
    return !ascii;
  }

  /** Reports the signals of every literal that a text in the machine's memory holds. */
  scanBytes({ from, to }: TextSlice, signals: Signals): void {
    if (this.#trie.reportsEmpty) this.#trie.reportEmpty(signals);
    this.#inMachine ??= this.#enterMachine();
    const { machine, transitions, classes } = this.#inMachine;
    const { run } = machine;
    const { cells, shift } = transitions;
    let row = transitions.start;
    for (let at = from; at < to;) {
      const walked = run.walk(cells.tableAt, shift, classes.at, cells.reportedAt, row, signals.epoch, at, to);
      at = Math.floor(walked / ADDRESS);
      row = walked - at * ADDRESS;
      if (at >= to) break;
      const { bytes } = machine;
      const escaped = bytes[at] === BACKSLASH;
      const unit = escaped ? unescaped(bytes[at + 1]!) : bytes[at]!;
      row = transitions.step(row, this.#alphabet.ascii[unit]!, signals);
      at += escaped ? 2 : 1;
    }
    if (transitions.isStep(row, END)) transitions.step(row, END, signals);
  }

  /** A table of its own, and the classes of ASCII, where WebAssembly reaches them. */
  #enterMachine(): InMachine {
    const machine = Machine.open()!;
    const classes = new Block(machine, ASCII * 2);
    new Uint16Array(machine.bytes.buffer, classes.at, ASCII).set(this.#alphabet.ascii);
    const cells = new MachineCells(machine);
    return { machine, classes, transitions: new Transitions(this.#trie, this.#alphabet, cells, this.#maxRows) };
  }

  /** Goes on as long as nothing is to be done but to go on; a loop without calls is twice as fast. Leaves the row in `#row`. */
  #run(text: string, from: number, start: number, epoch: number): number {
    const { ascii } = this.#alphabet;
    const { cells, shift } = this.#transitions;
    const { table, reported } = cells;
    let row = start;
    let at = from;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit >= ASCII) break;
      const next = table[(row << shift) + ascii[unit]!]!;
      if (next === UNKNOWN || ((next & 1) !== 0 && reported[next >> 1] !== epoch)) break;
      row = next >> 1;
    }
    this.#row = row;
    return at;
  }
}

/** An automaton's table in the machine. */
interface InMachine {
  readonly machine: Machine;
  readonly classes: Block;
  readonly transitions: Transitions<MachineCells>;
}

/** What an escape of one character in JSON stands for. */
function unescaped(letter: number): number {
  const at = ESCAPE_LETTERS.indexOf(String.fromCharCode(letter));
  return at < 0 ? letter : ESCAPED_UNITS[at]!;
}

const ESCAPE_LETTERS = 'bfnrt';
const ESCAPED_UNITS = [0x08, 0x0c, 0x0a, 0x0d, 0x09];
