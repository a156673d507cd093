import { reject, type Path } from './problem.ts';

/** What a rule or correlation can be called by. */
export interface Names {
  readonly uid: string;
  readonly id?: string;
  readonly name?: string;
}

/** Knows which documents were loaded under which ids and names. */
export class Registry {
  readonly #uids = new Map<string, string[]>();
  readonly #rejected = new Set<string>();

  has(uid: string): boolean {
    return this.#uids.has(uid);
  }

  add({ uid, id, name }: Names): void {
    for (const label of new Set([uid, id, name])) {
      if (label === undefined) continue;
      const known = this.#uids.get(label);
      if (known) known.push(uid);
      else this.#uids.set(label, [uid]);
    }
  }

  /** Remembers that a document of that id or name was there but could not be used. */
  addRejected(label: unknown): void {
    if (typeof label === 'string') this.#rejected.add(label);
  }

  /** Other documents that are called the same. */
  isTaken(label: string): boolean {
    return this.#uids.has(label);
  }

  /** The uid behind a reference; rejects the document at hand when it is not exactly one. */
  resolve(reference: string, path: Path): string {
    const [uid, another] = this.#uids.get(reference) ?? [];
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
    const why = this.#rejected.has(reference) ? 'it was rejected' : 'no loaded rule has that id or name';
    return reject('correlation.unknown-rule', path, what, why, 'load it as well, or correct the reference');
  }
}
