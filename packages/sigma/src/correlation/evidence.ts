import { SHOWN_MATCHES, type Match, type MatchSummary } from './types.ts';

/** Gathers the matches of a finding in bounded memory. */
export class Evidence {
  readonly #first: Match[] = [];
  #last: Match[] = [];
  #count = 0;
  #weight = 0;
  #newest: Match | undefined;

  add(matches: readonly Match[]): void {
    for (const match of matches) this.#addOne(match);
  }

  summary(): MatchSummary {
    return {
      count: this.#count,
      weight: this.#weight,
      first: [...this.#first],
      last: this.#last.slice(-SHOWN_MATCHES),
    };
  }

  #addOne(match: Match): void {
    // A match can come twice at once: by itself, and in the evidence of a correlation that holds at it.
    if (match.uid === this.#newest?.uid && match.rule === this.#newest.rule) return;
    this.#newest = match;
    this.#count++;
    this.#weight += match.weight ?? 1;
    if (this.#first.length < SHOWN_MATCHES) this.#first.push(match);
    else this.#last.push(match);
    if (this.#last.length > 2 * SHOWN_MATCHES) this.#last = this.#last.slice(-SHOWN_MATCHES);
  }
}
