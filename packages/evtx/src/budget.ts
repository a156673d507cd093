import { CorruptData } from './corrupt.ts';

/**
 * Nodes that the records of one chunk may build together. Real chunks stay below 40,000; a crafted chunk of 64 KiB
 * could otherwise multiply itself by templates that use values that hold templates.
 */
export const MAX_CHUNK_NODES = 1 << 18;

/** Characters that the records of one chunk may hold together. Real chunks stay below 300,000. */
export const MAX_CHUNK_CHARACTERS = 1 << 23;

/** Elements, BinXML values and templates inside each other, at most: bounds the recursion. */
export const MAX_DEPTH = 128;

/** What reading one chunk may still cost. The record that exceeds it is lost, and so are those after it. */
export class Budget {
  #nodes = MAX_CHUNK_NODES;
  #characters = MAX_CHUNK_CHARACTERS;

  /** Whether more was asked for than there was. */
  get isExceeded(): boolean {
    return this.#nodes < 0 || this.#characters < 0;
  }

  /** Spends what something will cost at most; false where that is too much. */
  reserve(nodes: number, characters: number): boolean {
    this.#nodes -= nodes;
    this.#characters -= characters;
    return !this.isExceeded;
  }

  spendNode(offset: number): void {
    if (--this.#nodes < 0) throw exceeded(offset, 'nodes of the chunk', MAX_CHUNK_NODES);
  }

  spendCharacters(count: number, offset: number): void {
    this.#characters -= count;
    if (this.#characters < 0) throw exceeded(offset, 'characters of the chunk', MAX_CHUNK_CHARACTERS);
  }
}

/** Refuses a nesting deeper than {@link MAX_DEPTH}. */
export function checkDepth(depth: number, offset: number): void {
  if (depth > MAX_DEPTH) throw exceeded(offset, 'nesting', MAX_DEPTH);
}

function exceeded(offset: number, what: string, limit: number): CorruptData {
  return new CorruptData(offset, what, `at most ${limit}`, 'more');
}
