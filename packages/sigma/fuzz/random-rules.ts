import type { Texts } from './pieces.ts';
import { RandomItems } from './random-items.ts';
import type { Random } from './random.ts';

const MAX_RULES = 12;
const MAX_CONDITION_DEPTH = 3;

/** Makes rules as YAML documents, of everything that the language has. */
export function randomRules(random: Random, texts: Texts): string[] {
  const items = new RandomItems(random, texts);
  return Array.from({ length: 1 + random.below(MAX_RULES) }, (_, number) => randomRule(random, items, number));
}

function randomRule(random: Random, items: RandomItems, number: number): string {
  const selections = random.list(1, 4, () => randomSelection(random, items));
  const names = selections.map((_, index) => `${random.once(8) ? '_' : ''}s${index}`);
  const members = selections.map((selection, index) => `"${names[index]}": ${selection}`);
  const condition = randomCondition(random, names, MAX_CONDITION_DEPTH);
  // JSON is YAML, and writes every text so that it comes back.
  return `{"title": "r${number}", "id": "${number}", "logsource": {"product": "p"}, "detection": {${members.join(', ')}, "condition": "${condition}"}}`;
}

function randomCondition(random: Random, names: readonly string[], depth: number): string {
  const name = random.pick(names);
  const inner = (): string => randomCondition(random, names, depth - 1);
  switch (depth === 0 ? 0 : random.below(9)) {
    case 1:
      return `not ${inner()}`;
    case 2:
    case 3:
      return `(${inner()} and ${inner()})`;
    case 4:
      return `(${inner()} or ${inner()})`;
    case 5:
      return `(${inner()} and not ${inner()})`;
    case 6:
      return random.pick([`1 of ${name[0]}*`, `all of ${name[0]}*`, `not 1 of ${name}`]);
    default:
      return name;
  }
}

function randomSelection(random: Random, items: RandomItems): string {
  const map = (): string => mapOf(random.list(1, 3, () => items.item()));
  switch (random.below(8)) {
    case 0:
      return `[${random.list(1, 4, () => items.keyword()).join(', ')}]`;
    case 1:
      return mapOf([items.keywords()]);
    case 2:
      return `[${random.list(1, 3, map).join(', ')}]`;
    default:
      return map();
  }
}

function mapOf(items: readonly (readonly [key: string, values: string])[]): string {
  return `{${Array.from(new Map(items), ([key, values]) => `${JSON.stringify(key)}: ${values}`).join(', ')}}`;
}
