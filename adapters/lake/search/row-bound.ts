import { isWord } from './check.ts';
import type { Token } from './tokens.ts';

/** The largest number in a LIMIT of the query itself (not of a subquery, not LIMIT … BY); 0 without one. */
export function askedRows(tokens: readonly Token[]): number {
  let most = 0;
  tokens.forEach((token, index) => {
    if (token.depth !== 0 || !isWord(token, 'LIMIT')) return;
    const [first, comma, second, next] = tokens.slice(index + 1, index + 5);
    const both = comma?.text === ',' && second?.kind === 'number';
    const [count, after] = both ? [second, next] : [first, comma];
    if (count?.kind === 'number' && !isWord(after, 'BY')) most = Math.max(most, Number(count.text) || 0);
  });
  return most;
}
