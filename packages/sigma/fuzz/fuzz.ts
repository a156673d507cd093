import { CHUNK_LINES, minimal, rulesOf, type Case } from './case.ts';
import { Texts } from './pieces.ts';
import { RandomLines } from './random-lines.ts';
import { randomRules } from './random-rules.ts';
import { Random } from './random.ts';
import { ThreePaths, type Asked } from './three-paths.ts';

/** Events that an index sees: it learns at 32, 160 and 416, and again later; after 10,000 it has thrown memories away. */
const LENGTHS = [200, 480, 480, 480, 800, 2_000, 3_000];
const LONG = 10_000;
const LONG_ONCE_IN = 64;
const CONSTANTS = [[], [], ['EventID'], ['EventID', 'B'], ['A']];

/** What one rule set and its lines gave. */
export interface Round {
  readonly asked: Asked;
  /** Rules that were refused. */
  readonly refused: number;
  /** Where the paths disagree, and how it shows. */
  readonly found?: { readonly what: string; readonly smallest: Case };
}

/** Asks a random rule set about random lines on three paths. The seed alone says which. */
export function fuzzRound(seed: number): Round {
  const random = new Random(seed);
  const texts = new Texts(random);
  const documents = randomRules(random, texts);
  const setting = { constants: random.pick(CONSTANTS), sharesIndex: random.once(2), tellsJson: random.once(2) };
  const { rules } = rulesOf(documents);
  const paths = new ThreePaths(rules, setting);
  const lines = new RandomLines(random, texts, [...new Set(rules.flatMap(({ fields }) => fields))]);
  const refused = documents.length - rules.length;
  const count = random.once(LONG_ONCE_IN) ? LONG : random.pick(LENGTHS);
  const seen: Buffer[] = [];
  while (seen.length < count) {
    const chunk = Array.from({ length: CHUNK_LINES }, () => lines.next());
    const difference = paths.ask(chunk);
    seen.push(...chunk.slice(0, (difference?.at ?? CHUNK_LINES) + 1));
    if (!difference) continue;
    const whole = { setting, rules: documents, lines: seen.map((line) => line.toString('latin1')) };
    return { asked: paths.asked, refused, found: { what: difference.what, smallest: minimal(whole) } };
  }
  return { asked: paths.asked, refused };
}
