import { canonicalId } from './identifier.ts';
import { reject, type Path } from './problem.ts';

/** What a rule or correlation can be called by. */
export interface Names {
  readonly uid: string;
  readonly id?: string;
  readonly name?: string;
}

/** Knows which documents that can be referred to were loaded under which ids and names. */
export class Registry {
  readonly #uids = new Map<string, string[]>();
  readonly #unusable = new Map<string, string>();

  /** Whether a document is called so already. */
  has(label: string): boolean {
    return this.#uids.has(canonicalId(label));
  }

  add({ uid, id, name }: Names): void {
    const labels = [uid, id, name].filter((label) => label !== undefined).map(canonicalId);
    for (const label of new Set(labels)) {
      const known = this.#uids.get(label);
      if (known) known.push(uid);
      else this.#uids.set(label, [uid]);
    }
  }

  /** Remembers that a document of that id or name was there, and why it cannot be referred to. */
  addUnusable(label: unknown, why: string): void {
    if (typeof label === 'string') this.#unusable.set(canonicalId(label), why);
  }

  /** The uid behind a reference; rejects the document at hand when it is not exactly one. */
  resolve(reference: string, path: Path): string {
    const [uid, another] = this.#uids.get(canonicalId(reference)) ?? [];
    if (uid !== undefined && another === undefined) return uid;
    const what = `the rule "${reference}" cannot be found`;
    if (uid !== undefined)
      return reject(
        'correlation.ambiguous-rule',
        path,
        `the rule "${reference}" is there more than once`,
        'a reference has to mean one rule',
        'refer to it by an id that only it has',
      );
    const why = this.#unusable.get(canonicalId(reference));
    if (why !== undefined)
      return reject('correlation.unknown-rule', path, what, why, 'correct that document, or refer to another rule');
    const fix = 'load it as well, or correct the reference';
    return reject('correlation.unknown-rule', path, what, 'no loaded rule has that id or name', fix);
  }
}
