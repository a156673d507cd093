import { AtomTable, createRuleIndex, type LessonsByName, type RuleIndex } from '@yuheng/sigma';
import type { MakeMatcher } from './detect.ts';

/** Makes the indexes of a detector. They share what is known of comparisons, and begin with what others like them found out. */
export class Indexes {
  private readonly atoms = new AtomTable();
  private readonly made = new Map<string, RuleIndex>();
  private readonly known: LessonsByName;

  constructor(known: LessonsByName = new Map()) {
    this.known = known;
  }

  readonly make: MakeMatcher = (rules, constants, name) => {
    const index = createRuleIndex(rules, { constants, atoms: this.atoms, lessons: this.known.get(name) });
    this.made.set(name, index);
    return index;
  };

  /** Whether anything was found out that was not known before. */
  get learned(): boolean {
    return [...this.made.values()].some(({ counters }) => counters.lessons > 0);
  }

  /** What was found out, and what was known before. */
  lessons(): LessonsByName {
    const lessons = new Map(this.known);
    for (const [name, index] of this.made) lessons.set(name, index.lessons());
    return lessons;
  }
}
