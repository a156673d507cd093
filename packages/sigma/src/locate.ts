import { isAlias, isMap, isSeq, LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { Path } from './problem.ts';

/** Files longer than this are not read a second time for the sake of a line number. */
const MAX_LENGTH = 2 * 1024 * 1024;

/**
 * Finds lines of paths (keys and list positions from a document's root) in a YAML file. The file is read again, slowly and with
 * positions, and only once asked. Never throws.
 */
export class Locator {
  readonly #text: string;
  #documents: readonly Document[] | undefined;
  readonly #lines = new LineCounter();

  constructor(text: string) {
    this.#text = text;
  }

  /** The line of the deepest existing part of a path, from 1; `undefined` where it cannot be told. */
  line(documentIndex: number, path: Path): number | undefined {
    const document = this.#read()[documentIndex];
    if (!document) return undefined;
    const offset = offsetOf(document, path);
    return offset === undefined ? undefined : this.#lines.linePos(offset).line;
  }

  /** The position of the first document that says `value` under a key of its root; `undefined` where none does. */
  documentWhere(key: string, value: string): number | undefined {
    const index = this.#read().findIndex((document) => isMap(document.contents) && document.get(key) === value);
    return index < 0 ? undefined : index;
  }

  #read(): readonly Document[] {
    return (this.#documents ??= this.#text.length > MAX_LENGTH ? [] : readDocuments(this.#text, this.#lines));
  }
}

function readDocuments(text: string, lineCounter: LineCounter): readonly Document[] {
  try {
    return [...parseAllDocuments(text, { lineCounter, keepSourceTokens: false, logLevel: 'silent' })];
  } catch {
    // Hostile nesting can exhaust the parser's stack; the problem then goes without a line.
    return [];
  }
}

function offsetOf(document: Document, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset = rangeStart(node);
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => String((item.key as { value?: unknown } | null)?.value) === String(step));
      if (!pair) return offset;
      offset = rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = rangeStart(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0];
}
