import type { Yaml, YamlMap } from './yaml.ts';

/** How {@link readBlockYaml} reads, beyond its form. */
export interface BlockYamlOptions {
  /** What a word without quotes means: `true`, `4688`, `~`, or itself. */
  readonly meaning: (word: string) => Yaml;
  /** Collections inside one another. */
  readonly depth: number;
}

/** Thrown at the first thing that this reader leaves to a whole one. */
const OUTSIDE = new Error('This is YAML, but not in the form that is read here.');

/** Control characters, tabs, carriage returns, surrogates, and blanks that `trimEnd` takes for blanks and YAML does not. */
const FOREIGN =
  /[^\n\x20-\x7e\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** How a text without quotes may begin: no indicator, and `-`, `?` and `:` only before something else. */
const PLAIN = /^(?:[^ ,[\]{}#&*!|>'"%@`?:-]|[?:-][^ ])/;

/** How lines begin that end documents, or that are better looked at twice. */
const EDGE = /^(?:---|\.\.\.)/;

/**
 * Reads YAML in the form that rules are written in: block maps and lists, one-line texts with or without quotes, `|` blocks, comments
 * and `---`. `undefined` where there is anything else (an anchor, a flow list, a text over lines, a fault): a whole
 * reader has to read that. Made of searches that V8 does not have to optimise first, for rules are mostly read once.
 */
export function readBlockYaml(text: string, options: BlockYamlOptions): readonly Yaml[] | undefined {
  if (FOREIGN.test(text)) return undefined;
  try {
    return new BlockReader(text.split('\n'), options).documents();
  } catch (error) {
    if (error === OUTSIDE) return undefined;
    throw error;
  }
}

/** At a line that ends a document, and behind the last line, the indent is -1. */
class BlockReader {
  readonly #lines: readonly string[];
  readonly #meaning: (word: string) => Yaml;
  readonly #depth: number;
  #line = -1;
  #indent = -1;
  /** What stands in the line behind its indent. */
  #content = '';
  #open = 0;

  constructor(lines: readonly string[], { meaning, depth }: BlockYamlOptions) {
    this.#lines = lines;
    this.#meaning = meaning;
    this.#depth = depth;
  }

  documents(): readonly Yaml[] {
    const documents: Yaml[] = [];
    this.#next();
    if (this.#content === '') throw OUTSIDE;
    while (this.#content !== '') {
      if (this.#indent === -1) this.#next();
      documents.push(this.#indent === -1 ? null : this.#collection());
      if (this.#indent !== -1) throw OUTSIDE;
    }
    return documents;
  }

  /** Goes to the next line that says something. */
  #next(): void {
    while (++this.#line < this.#lines.length) {
      const line = this.#lines[this.#line]!;
      const indent = line.search(/[^ ]/);
      if (indent === -1 || line.startsWith('#', indent)) continue;
      this.#content = line.slice(indent).trimEnd();
      const isEdge = EDGE.test(this.#content);
      if (isEdge && (indent > 0 || this.#content !== '---')) throw OUTSIDE;
      this.#indent = isEdge ? -1 : indent;
      return;
    }
    this.#indent = -1;
    this.#content = '';
  }

  #collection(): Yaml {
    if (++this.#open > this.#depth) throw OUTSIDE;
    const value = this.#isEntry() ? this.#list() : this.#map();
    this.#open--;
    return value;
  }

  #isEntry(): boolean {
    return this.#content === '-' || this.#content.startsWith('- ');
  }

  #list(): readonly Yaml[] {
    const indent = this.#indent;
    const list: Yaml[] = [];
    for (; this.#indent === indent && this.#isEntry(); this.#within(indent)) list.push(this.#entry(indent));
    return list;
  }

  #entry(indent: number): Yaml {
    if (this.#content === '-') return this.#below(indent);
    // What stands behind the dash stands as if alone on a line, that far in.
    const blanks = 1 + this.#content.slice(1).search(/[^ ]/);
    this.#content = this.#content.slice(blanks);
    if (!this.#isEntry() && this.#keyEnd() === -1) return this.#value(this.#content, indent);
    this.#indent += blanks;
    return this.#collection();
  }

  #map(): YamlMap {
    const indent = this.#indent;
    const map = new Map<string, Yaml>();
    for (; this.#indent === indent; this.#within(indent)) {
      const end = this.#keyEnd();
      const key = end === -1 ? undefined : this.#oneLine(this.#content.slice(0, end).trimEnd());
      if (typeof key !== 'string' || key === '<<' || map.has(key)) throw OUTSIDE;
      const rest = this.#content.slice(end + 1).trimStart();
      map.set(key, rest === '' || rest.startsWith('#') ? this.#valueBelow(indent) : this.#value(rest, indent));
    }
    return map;
  }

  /** A list may stand as far in as the key that it is the value of. */
  #valueBelow(indent: number): Yaml {
    const value = this.#below(indent);
    return value === null && this.#indent === indent && this.#isEntry() ? this.#collection() : value;
  }

  /** The collection in the lines below, that stand further in, if there is one. */
  #below(indent: number): Yaml {
    this.#next();
    return this.#indent > indent ? this.#collection() : null;
  }

  /** Behind a value nothing stands further in than what it belongs to. */
  #within(indent: number): void {
    if (this.#indent > indent) throw OUTSIDE;
  }

  /** Where the `:` behind the key of this line stands; -1 where the line is no pair. */
  #keyEnd(): number {
    const content = this.#content;
    const quote = content[0];
    const from = quote === "'" || quote === '"' ? endOfQuoted(content, quote) : 0;
    const found = content.indexOf(': ', from);
    const end = found === -1 && content.endsWith(':') ? content.length - 1 : found;
    if (end === -1) return -1;
    const between = content.slice(from, end);
    return (from === 0 ? !between.includes(' #') : between.trim() === '') ? end : -1;
  }

  /** A text in what is left of the line, or the block that it announces; goes to the next line. */
  #value(rest: string, indent: number): Yaml {
    if (rest === '|' || rest === '|-') return this.#block(indent, rest === '|' ? '\n' : '');
    const value = this.#oneLine(rest);
    this.#next();
    return value;
  }

  #oneLine(text: string): Yaml {
    const quote = text[0];
    if (quote === "'" || quote === '"') {
      const end = endOfQuoted(text, quote);
      const rest = text.slice(end);
      if (rest !== '' && !/^ +#/.test(rest)) throw OUTSIDE;
      const inner = text.slice(1, end - 1);
      return quote === "'" ? inner.replaceAll("''", "'") : inner;
    }
    const comment = text.indexOf(' #');
    const word = comment === -1 ? text : text.slice(0, comment).trimEnd();
    if (!PLAIN.test(word) || word.includes(': ') || word.endsWith(':')) throw OUTSIDE;
    return this.#meaning(word);
  }

  /** The lines of a `|` block. */
  #block(indent: number, end: string): string {
    const lines: string[] = [];
    let margin = -1;
    for (; ++this.#line < this.#lines.length;) {
      const line = this.#lines[this.#line]!;
      const blanks = line.search(/[^ ]/);
      if (blanks === -1) {
        // Blanks beyond the margin are text, and before it is known a fault.
        if (margin === -1 ? line !== '' : line.length > margin) throw OUTSIDE;
        lines.push('');
        continue;
      }
      if (blanks <= indent) break;
      if (margin === -1) margin = blanks;
      if (blanks < margin) throw OUTSIDE;
      lines.push(line.slice(margin));
    }
    if (margin === -1 || lines.length === 0) throw OUTSIDE;
    // A last line without a line feed has none.
    if (this.#line === this.#lines.length && this.#lines.at(-1) !== '') throw OUTSIDE;
    this.#line--;
    this.#next();
    while (lines.at(-1) === '') lines.pop();
    return lines.join('\n') + end;
  }
}

/** Where the text in quotes at the beginning of `text` ends, behind its closing quote. */
function endOfQuoted(text: string, quote: "'" | '"'): number {
  let end = text.indexOf(quote, 1);
  while (quote === "'" && end !== -1 && text[end + 1] === "'") end = text.indexOf("'", end + 2);
  if (end === -1 || (quote === '"' && text.lastIndexOf('\\', end) !== -1)) throw OUTSIDE;
  return end + 1;
}
