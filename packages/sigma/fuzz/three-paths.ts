import { JsonLines } from '../src/bytes/json-lines.ts';
import { createRuleIndex, type RuleIndex } from '../src/rule-index/rule-index.ts';
import type { CompiledRule } from '../src/types.ts';
import { isLeftRightly, ParsedLine } from './parsed-line.ts';

/** How rules are asked. */
export interface Setting {
  /** Fields that the indexes are told as constants. */
  readonly constants: readonly string[];
  /** Whether parsed lines and bytes go through one index in turn, or each through its own. */
  readonly sharesIndex: boolean;
  /** Whether parsed lines tell the index their JSON. */
  readonly tellsJson: boolean;
}

/** What was asked so far. */
export interface Asked {
  events: number;
  /** Lines that are no JSON object. */
  damaged: number;
  /** Lines that only JSON.parse reads. */
  left: number;
  matches: number;
}

/** Rules that are asked about each line in three ways: one by one, by an index, and by an index over the line's bytes. */
export class ThreePaths {
  readonly asked: Asked = { events: 0, damaged: 0, left: 0, matches: 0 };
  readonly #rules: readonly CompiledRule[];
  readonly #tellsJson: boolean;
  readonly #ofParsed: RuleIndex;
  readonly #ofBytes: RuleIndex;
  readonly #reader = JsonLines.open()!;

  constructor(rules: readonly CompiledRule[], { constants, sharesIndex, tellsJson }: Setting) {
    this.#rules = rules;
    this.#tellsJson = tellsJson;
    this.#ofParsed = createRuleIndex(rules, { constants });
    this.#ofBytes = sharesIndex ? this.#ofParsed : createRuleIndex(rules, { constants });
  }

  /** What comes out differently, in words, by the number of the line in the chunk; the first only. */
  ask(lines: readonly Buffer[]): { readonly at: number; readonly what: string } | undefined {
    this.#reader.load(Buffer.from(lines.map((line) => line.toString('latin1')).join('\n'), 'latin1'));
    let from = 0;
    for (const [at, line] of lines.entries()) {
      const what = this.#tryLine(line, from);
      if (what !== undefined) return { at, what };
      from += line.length + 1;
    }
    return undefined;
  }

  #tryLine(line: Buffer, from: number): string | undefined {
    try {
      return this.#askLine(line, from);
    } catch (error) {
      return `thrown: ${error instanceof Error ? error.stack : String(error)}`;
    }
  }

  #askLine(line: Buffer, from: number): string | undefined {
    this.asked.events++;
    const parsed = ParsedLine.of(line.toString('utf8'), this.#tellsJson);
    const bytes = this.#reader.read(from, from + line.length);
    if (!parsed) {
      this.asked.damaged++;
      return bytes && 'read as bytes, though it is no JSON object';
    }
    const expected = this.#rules.filter((rule) => rule.matches(parsed));
    this.asked.matches += expected.length;
    const found = this.#ofParsed.match(parsed);
    if (!isSame(found, expected)) return `index: ${told(found)} instead of ${told(expected)}`;
    if (!bytes) {
      this.asked.left++;
      return isLeftRightly(parsed.line) ? undefined : 'left to JSON.parse without need';
    }
    const read = this.#ofBytes.match(bytes);
    return isSame(read, expected) ? undefined : `bytes: ${told(read)} instead of ${told(expected)}`;
  }
}

function isSame(one: readonly CompiledRule[], other: readonly CompiledRule[]): boolean {
  return one.length === other.length && one.every((rule, index) => rule === other[index]);
}

function told(rules: readonly CompiledRule[]): string {
  return `[${rules.map(({ rule }) => rule.uid).join()}]`;
}
