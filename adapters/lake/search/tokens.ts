import { badSyntax, refused } from './refusal.ts';

/** Characters of a query; a person's are far shorter. */
export const MAX_QUERY_LENGTH = 100_000;
/** Brackets inside brackets. */
export const MAX_BRACKET_DEPTH = 100;

/** A piece of a query. */
export interface Token {
  readonly kind: 'word' | 'number' | 'quoted' | 'string' | 'symbol';
  /** As written; of a quoted name what stands between the quotes. */
  readonly text: string;
  /** Brackets around it. */
  readonly depth: number;
}

/** A query without comments, cut into tokens. */
export interface ScannedQuery {
  /** One statement, its brackets balanced, without comments and closing semicolons: it can stand inside brackets of ours. */
  readonly text: string;
  readonly tokens: readonly Token[];
}

const SPACE = /[ \t\r\n\f\v]+/y;
const LINE_COMMENT = /--[^\n]*/y;
const BLOCK_COMMENT = /\/\*[^]*?\*\//y;
const STRING = /'(?:[^'\\]|\\[^]|'')*'/y;
/** A name in quotes: letters of any script, digits and what column headings need. No escapes, no brackets, no quotes. */
const QUOTED = /(["`])([\p{L}\p{M}\p{N}_ .,:%#/@+*=<>-]+)\1/uy;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /[0-9][A-Za-z0-9_]*(?:\.[0-9][A-Za-z0-9_]*)?(?:(?<=[eE])[+-][0-9]+)?/y;
const SYMBOL = /[()[\]{},.+\-*/%<>=!|:?^;]/y;
const CLOSES: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' };

/**
 * Cuts a query into tokens by ClickHouse's own lexical rules, less what nobody needs and two readers might read differently: heredocs, `#`
 * comments, quotes beside words, escapes in names, letters of other scripts outside quotes. Throws `SearchError`.
 */
export function scan(query: string): ScannedQuery {
  if (query.length > MAX_QUERY_LENGTH) throw refused(`is longer than ${MAX_QUERY_LENGTH} characters. Make it shorter.`);
  const scanner = new Scanner(query);
  scanner.run();
  return { text: scanner.text, tokens: scanner.tokens };
}

class Scanner {
  text = '';
  readonly tokens: Token[] = [];
  private readonly query: string;
  private readonly open: string[] = [];
  private at = 0;

  constructor(query: string) {
    this.query = query;
  }

  run(): void {
    while (this.at < this.query.length) this.step();
    const bracket = this.open.at(-1);
    if (bracket) throw badSyntax(`a closing "${CLOSES[bracket]}" is missing.`);
    if (this.tokens.length === 0) throw badSyntax('it is empty.');
  }

  private step(): void {
    const blank = this.take(SPACE) ?? this.take(LINE_COMMENT) ?? this.take(BLOCK_COMMENT);
    if (blank !== undefined) this.text += ' ';
    else if (this.query.startsWith('/*', this.at)) throw badSyntax('a comment is not closed.');
    else if (!this.literal() && !this.symbol()) throw this.unreadable();
  }

  private literal(): boolean {
    const start = this.at;
    const word = this.take(WORD);
    if (word !== undefined) return this.add('word', word, start);
    const number = this.take(NUMBER);
    if (number !== undefined) return this.add('number', number, start);
    const string = this.take(STRING);
    if (string !== undefined) return this.add('string', string, start);
    const quoted = this.take(QUOTED);
    return quoted !== undefined && this.add('quoted', quoted.slice(1, -1), start);
  }

  /** Two literals without anything between them (`x'41'`, `'a'b`) may be one to another reader. */
  private add(kind: Token['kind'], text: string, start: number): true {
    if (start > 0 && kind !== 'symbol' && /[\w'"`]/.test(this.query[start - 1]!) && !this.text.endsWith(' '))
      throw badSyntax(`put a space before ${text.slice(0, 40)}.`);
    this.tokens.push({ kind, text, depth: this.open.length });
    this.text += this.query.slice(start, this.at);
    return true;
  }

  private symbol(): boolean {
    const start = this.at;
    const symbol = this.take(SYMBOL);
    if (symbol === undefined) return false;
    if (symbol === ';') {
      this.end();
      return true;
    }
    if (symbol in CLOSES) {
      this.open.push(symbol);
      if (this.open.length > MAX_BRACKET_DEPTH)
        throw refused(`has over ${MAX_BRACKET_DEPTH} brackets inside each other.`);
    } else if (')]}'.includes(symbol) && CLOSES[this.open.pop() ?? ''] !== symbol) {
      throw badSyntax(`a "${symbol}" closes nothing.`);
    }
    return this.add('symbol', symbol, start);
  }

  /** After a semicolon, nothing but space, comments and semicolons. */
  private end(): void {
    const rest = this.query.slice(this.at).replace(/--[^\n]*|\/\*[^]*?\*\/|[\s;]+/g, '');
    if (rest !== '') throw refused('has more than one statement. Send them one by one.');
    this.at = this.query.length;
  }

  private unreadable(): Error {
    const character = String.fromCodePoint(this.query.codePointAt(this.at)!);
    if (/['"`]/.test(character))
      return badSyntax(`a ${character} is not closed, or the name in it has characters that names may not have.`);
    if (character === '/' || character === '$' || character === '#' || character === '@')
      return refused(`has a "${character}" that is not understood here.`);
    return badSyntax(
      `the character ${JSON.stringify(character)} stands outside quotes. Put names and texts into quotes.`,
    );
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.query);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return found[0];
  }
}
