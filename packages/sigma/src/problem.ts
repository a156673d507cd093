/** Where in a document a problem lies: keys and list positions from its root. */
export type Path = readonly (string | number)[];

/** What is wrong with a rule file, and what to do about it. */
export interface SigmaProblem {
  /** Stable name of the kind of problem, such as `modifier.unknown`. */
  readonly code: string;
  readonly file: string;
  /** Line in the file, from 1, where it is known. */
  readonly line?: number;
  /** Id, else title, of the document, where it has one. */
  readonly rule?: string;
  /** Name and title of a document that was being loaded, where it has them. */
  readonly name?: string;
  readonly title?: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** An `error` means that the document was rejected; a `warning` that it was loaded as it stands. */
  readonly severity: 'error' | 'warning';
}

/** What a check finds, before file and line are known. */
export interface Finding {
  readonly code: string;
  readonly path: Path;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** Thrown inside the loader to reject the document at hand; it never leaves the package. */
export class Rejection extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.what);
    this.finding = finding;
  }
}

/** Rejects the document at hand. */
export function reject(code: string, path: Path, what: string, why: string, fix: string): never {
  throw new Rejection({ code, path, what, why, fix });
}
