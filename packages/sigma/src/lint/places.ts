import { Locator } from '../locate.ts';
import type { Path } from '../problem.ts';
import type { SigmaMetadata, SigmaSource } from '../types.ts';

/** Finds where in their files rules say something. Files are read again only when they are asked about. */
export class RulePlaces {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #locators = new Map<string, Locator>();

  /** Takes the files that the rules were loaded from. */
  constructor(sources: Iterable<SigmaSource>) {
    this.#texts = new Map(Array.from(sources, ({ file, text }) => [file, text]));
  }

  /** The line, from 1, of the deepest existing part of a path of a rule's document; `undefined` where it cannot be told. */
  lineOf({ file, id, title }: Pick<SigmaMetadata, 'file' | 'id' | 'title'>, path: Path): number | undefined {
    const locator = this.#locatorOf(file);
    const byId = id === undefined ? undefined : locator?.documentWhere('id', id);
    return locator?.line(byId ?? locator.documentWhere('title', title) ?? 0, path);
  }

  #locatorOf(file: string): Locator | undefined {
    const text = this.#texts.get(file);
    let locator = this.#locators.get(file);
    if (!locator && text !== undefined) this.#locators.set(file, (locator = new Locator(text)));
    return locator;
  }
}
