import { SearchError } from '@yuheng/engine';

/** A query that may not run; `what` completes "The query …". */
export function refused(what: string): SearchError {
  return new SearchError('refused', `The query ${what}`);
}

/** A query that cannot be read; `what` says why. */
export function badSyntax(what: string): SearchError {
  return new SearchError('syntax', `The query cannot be read: ${what}`);
}
