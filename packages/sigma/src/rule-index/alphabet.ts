import { fold, foldedUnits } from '../fold.ts';

/** The class of whatever no literal holds. */
export const OTHER = 0;
/** Classes, and symbols, of what is thought before and after a text. */
export const START = 1;
export const END = 2;

/** No literal's symbol. */
const NOWHERE = -1;

/** What stands for a folded code unit in literals. */
export function symbolOf(unit: number): number {
  return unit + END + 1;
}

/** Classes that an automaton tells apart, the three above included. */
export const MAX_CLASSES = 4_096;

const SURROGATE = /[\ud800-\udfff]/;

/** Puts UTF-16 code units into classes: those that fold to the same unit share one, and so do all that no literal holds. */
export class Alphabet {
  /** Number of classes. */
  readonly size: number;
  /** By class: the symbol of literals that it stands for. */
  readonly symbols: Int32Array;
  /** Classes of ASCII. */
  readonly ascii = new Uint16Array(128);
  readonly #folded = foldedUnits();
  readonly #classes = new Map<number, number>();
  readonly #pairs: boolean;

  /** Takes the units of all literals, folded, the commonest first; throws a RangeError where they are more than {@link MAX_CLASSES} allows. */
  constructor(units: readonly number[]) {
    if (units.length + END + 1 > MAX_CLASSES) throw new RangeError(`an alphabet has at most ${MAX_CLASSES} classes`);
    for (const unit of units) this.#classes.set(unit, this.#classes.size + END + 1);
    this.size = units.length + END + 1;
    this.symbols = Int32Array.of(NOWHERE, START, END, ...units.map(symbolOf));
    for (let unit = 0; unit < 128; unit++) this.ascii[unit] = this.#classes.get(this.#folded[unit]!) ?? OTHER;
    this.#pairs = units.some((unit) => unit >= 0xd800 && unit <= 0xdfff);
  }

  /** The class of a code unit. */
  classOf(unit: number): number {
    return unit < 128 ? this.ascii[unit]! : (this.#classes.get(this.#folded[unit]!) ?? OTHER);
  }

  /** The text in the form that is read unit by unit: letters beyond U+FFFF are folded here, where any literal holds such. */
  prepare(text: string): string {
    if (!this.#pairs) return text;
    return SURROGATE.test(text) ? fold(text) : text;
  }
}

/** The units of a folded text, the commonest first. */
export function unitsOf(text: string): readonly number[] {
  const ascii = new Uint32Array(128);
  const beyond = new Map<number, number>();
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 128) ascii[unit]!++;
    else beyond.set(unit, (beyond.get(unit) ?? 0) + 1);
  }
  const counts = [...beyond];
  for (let unit = 0; unit < 128; unit++) if (ascii[unit]! > 0) counts.push([unit, ascii[unit]!]);
  return counts.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map((count) => count[0]);
}
