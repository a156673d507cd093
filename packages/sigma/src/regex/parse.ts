import {
  complement,
  DIGITS,
  EVERYTHING,
  ignoringCase,
  letterSet,
  NEWLINE,
  SPACE,
  union,
  VERTICAL,
  WORD,
  type CharSet,
} from './char-set.ts';
import type { RegexFlags } from './flags.ts';
import type { Anchor, RegexNode } from './node.ts';

/** The largest count that the linear-time engine knows. */
const MAX_REPEAT = 1_000;
const MAX_DEPTH = 100;

const SHORTHANDS: Readonly<Record<string, CharSet>> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
  v: VERTICAL,
  V: complement(VERTICAL),
};
const CONTROLS: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, f: 0x0c, a: 0x07, e: 0x1b };
const ANCHORS: Readonly<Record<string, Anchor>> = { b: 'word', B: 'notWord', A: 'start', z: 'end', Z: 'end' };
const COUNT = /^\{(\d{1,9})(,?)(\d{0,9})\}/;
const GROUP_FLAGS = /^\?([ims]*)(?:-([ims]+))?([:)])/;
const GROUP_NAME = /^\?(?:P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/;

/** A regular expression that cannot be used, with the reason. */
export class RegexError extends Error {
  /** Whether the expression is well-formed but asks for something that cannot run in linear time. */
  readonly unsupported: boolean;

  constructor(message: string, unsupported = false) {
    super(message);
    this.unsupported = unsupported;
  }
}

/**
 * Parses the regular language of PCRE: characters, classes, groups, alternatives, repetitions, anchors, inline flags.
 * Throws {@link RegexError} for what is malformed, and for look-around, back-references and the like.
 */
export function parseRegex(source: string, flags: RegexFlags): RegexNode {
  return new RegexParser(source, flags).parse();
}

class RegexParser {
  readonly #source: string;
  #at = 0;
  #depth = 0;
  #flags: RegexFlags;

  constructor(source: string, flags: RegexFlags) {
    this.#source = source;
    this.#flags = flags;
  }

  parse(): RegexNode {
    const node = this.#choice();
    if (this.#at < this.#source.length) throw new RegexError(`unmatched ")" at position ${this.#at + 1}`);
    return node;
  }

  #choice(): RegexNode {
    if (++this.#depth > MAX_DEPTH) throw new RegexError(`more than ${MAX_DEPTH} groups inside one another`);
    const outer = this.#flags;
    const items = [this.#sequence()];
    while (this.#take('|')) items.push(this.#sequence());
    this.#flags = outer;
    this.#depth--;
    return items.length === 1 ? items[0]! : { kind: 'choice', items };
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (this.#at < this.#source.length && !/^[|)]/.test(this.#source[this.#at]!)) {
      const atom = this.#atom();
      if (atom) items.push(this.#repeated(atom));
    }
    return items.length === 1 ? items[0]! : { kind: 'sequence', items };
  }

  #repeated(item: RegexNode): RegexNode {
    const bounds = this.#quantifier();
    if (!bounds) return item;
    if (item.kind === 'anchor') throw new RegexError(`nothing to repeat at position ${this.#at}`);
    if (this.#take('+')) throw new RegexError('possessive repetition is not regular', true);
    this.#take('?');
    if (this.#quantifier()) throw new RegexError(`nothing to repeat at position ${this.#at}`);
    return { kind: 'repeat', item, min: bounds[0], max: bounds[1] };
  }

  #quantifier(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    const count = this.#match(COUNT);
    if (!count) return undefined;
    const min = Number(count[1]);
    const max = count[2] === '' ? min : count[3] === '' ? Infinity : Number(count[3]);
    if (max < min) throw new RegexError(`the repetition ${count[0]} ends before it begins`);
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT))
      throw new RegexError(`the repetition ${count[0]} counts beyond ${MAX_REPEAT}`, true);
    return [min, max];
  }

  #atom(): RegexNode | undefined {
    const char = this.#next();
    switch (char) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'set', set: this.#bracket() };
      case '\\':
        return this.#escape();
      case '.':
        return { kind: 'set', set: this.#flags.dotAll ? EVERYTHING : complement(NEWLINE) };
      case '^':
        return { kind: 'anchor', anchor: this.#flags.multiline ? 'lineStart' : 'start' };
      case '$':
        return { kind: 'anchor', anchor: this.#flags.multiline ? 'lineEnd' : 'end' };
      case '*':
      case '+':
      case '?':
        throw new RegexError(`nothing to repeat at position ${this.#at}`);
      default:
        return this.#literal(char.codePointAt(0)!);
    }
  }

  #group(): RegexNode | undefined {
    const outer = this.#flags;
    const inline = this.#match(GROUP_FLAGS);
    if (inline) {
      this.#flags = withFlags(outer, inline[1]!, inline[2] ?? '');
      // `(?i)` without a colon holds to the end of the group around it.
      if (inline[3] === ')') return undefined;
    } else if (!this.#match(GROUP_NAME) && this.#source[this.#at] === '?') {
      throw new RegexError(`the group "(${this.#source.slice(this.#at, this.#at + 3)}…" is not regular`, true);
    }
    const node = this.#choice();
    this.#flags = outer;
    if (!this.#take(')')) throw new RegexError('a group is never closed');
    return node.kind === 'anchor' ? { kind: 'sequence', items: [node] } : node;
  }

  #escape(): RegexNode {
    const letter = this.#source[this.#at];
    if (letter === undefined) throw new RegexError('it ends in a lone backslash');
    const anchor = ANCHORS[letter];
    const shorthand = SHORTHANDS[letter];
    if (!anchor && !shorthand) return this.#literal(this.#escapedCode());
    this.#at++;
    return anchor ? { kind: 'anchor', anchor } : { kind: 'set', set: shorthand! };
  }

  /** The code point of an escape that stands for one character, inside or outside of brackets. */
  #escapedCode(): number {
    const hex = this.#match(/^x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,6})\})/) ?? this.#match(/^u([0-9a-fA-F]{4})/);
    if (hex) return checkedCode(parseInt((hex[1] ?? hex[2])!, 16));
    const octal = this.#match(/^0[0-7]{0,2}/);
    if (octal) return parseInt(octal[0], 8);
    const char = this.#next();
    const control = CONTROLS[char];
    if (control !== undefined) return control;
    if (/[1-9]/.test(char)) throw new RegexError(`the back-reference "\\${char}" is not regular`, true);
    if (/[A-Za-z]/.test(char)) throw new RegexError(`the escape "\\${char}" is not known`, true);
    return char.codePointAt(0)!;
  }

  #bracket(): CharSet {
    const negated = this.#take('^');
    const listed: number[] = [];
    const shorthands: CharSet[] = [];
    for (let first = true; first || this.#source[this.#at] !== ']'; first = false) {
      const low = this.#classItem();
      if (typeof low !== 'number') shorthands.push(low);
      else listed.push(low, this.#rangeEnd(low));
    }
    this.#at++;
    const set = union(listed);
    const whole = union(this.#flags.ignoreCase ? ignoringCase(set) : set, ...shorthands);
    return negated ? complement(whole) : whole;
  }

  #rangeEnd(low: number): number {
    const rest = this.#source.slice(this.#at, this.#at + 3);
    if (!/^-[^\]]/.test(rest) || /^-\\[dDwWsSvV]/.test(rest)) return low;
    this.#at++;
    const high = this.#classItem() as number;
    if (high < low) throw new RegexError('a character range ends before it begins');
    return high;
  }

  #classItem(): number | CharSet {
    if (this.#at >= this.#source.length) throw new RegexError('a character class is never closed');
    if (/^\[[:.=]/.test(this.#source.slice(this.#at, this.#at + 2)))
      throw new RegexError('named character classes such as [:alpha:] are not known', true);
    const char = this.#next();
    if (char !== '\\') return char.codePointAt(0)!;
    const letter = this.#source[this.#at] ?? '';
    if (letter === 'b') return (this.#at++, 0x08);
    const shorthand = SHORTHANDS[letter];
    return shorthand ? (this.#at++, shorthand) : this.#escapedCode();
  }

  #literal(code: number): RegexNode {
    return { kind: 'set', set: letterSet(code, this.#flags.ignoreCase) };
  }

  #next(): string {
    const code = this.#source.codePointAt(this.#at);
    if (code === undefined) throw new RegexError('it ends in the middle of an expression');
    const char = String.fromCodePoint(code);
    this.#at += char.length;
    return char;
  }

  #take(char: string): boolean {
    if (this.#source[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    const found = expression.exec(this.#source.slice(this.#at, this.#at + 64));
    if (!found) return undefined;
    this.#at += found[0].length;
    return found;
  }
}

function withFlags(flags: RegexFlags, on: string, off: string): RegexFlags {
  const set = (letter: string, before: boolean) => (on.includes(letter) || before) && !off.includes(letter);
  return {
    ignoreCase: set('i', flags.ignoreCase),
    multiline: set('m', flags.multiline),
    dotAll: set('s', flags.dotAll),
  };
}

function checkedCode(code: number): number {
  if (code > 0x10ffff) throw new RegexError('a code point beyond U+10FFFF');
  return code;
}
