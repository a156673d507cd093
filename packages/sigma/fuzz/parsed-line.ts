import { exactJson } from '../src/exact-json.ts';
import type { SigmaEvent } from '../src/types.ts';

/** Deeper lines are left to JSON.parse. */
const MAX_DEPTH = 200;
const TOKEN = /"(?:[^"\\]|\\.)*"(?<colon>\s*:)?|[[{\]}]/g;

/** A line as JSON.parse reads it: the plain twin of what `JsonLines` tells. */
export class ParsedLine implements SigmaEvent {
  readonly #members: ReadonlyMap<string, unknown>;
  readonly line: string;
  readonly #tellsJson: boolean;

  private constructor(members: ReadonlyMap<string, unknown>, line: string, tellsJson: boolean) {
    this.#members = members;
    this.line = line;
    this.#tellsJson = tellsJson;
  }

  /** `undefined` for a line that is no JSON object. `tellsJson`: whether keywords may be looked for in its text first. */
  static of(line: string, tellsJson: boolean): ParsedLine | undefined {
    let value: unknown;
    try {
      value = JSON.parse(exactJson(line));
    } catch {
      return undefined;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new ParsedLine(new Map(Object.entries(value)), line, tellsJson);
  }

  field(name: string): unknown {
    return this.#members.get(name);
  }

  texts(): string[] {
    const texts: string[] = [];
    const pending: unknown[] = [...this.#members.values()].reverse();
    while (pending.length > 0) {
      const value = pending.pop();
      if (typeof value === 'object' && value !== null) pending.push(...Object.values(value).reverse());
      else if (value !== null) texts.push(String(value));
    }
    return texts;
  }

  json(): string | undefined {
    return this.#tellsJson ? this.line : undefined;
  }
}

/** Whether a JSON object is one that `JsonLines` may leave: it nests deeply, or a name of its own is written with an escape. */
export function isLeftRightly(line: string): boolean {
  let depth = 0;
  for (const { 0: token, groups } of line.matchAll(TOKEN)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    else if (depth === 1 && groups?.['colon'] !== undefined && token.includes('\\')) return true;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
