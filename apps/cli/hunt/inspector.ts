import { compareInstants, Counts, Indexes, type MatchedEvent, type Refusal } from '@yuheng/engine';
import type { RuleSet } from '@yuheng/sigma';
import { LessonCache } from './rule-cache.ts';
import type { RuleTexts } from './rules.ts';
import { makeSetup, type ReadOptions } from './setup.ts';
import { MAX_REFUSALS_TOLD, runTask, type RefusedRecord, type Task, type TaskOutput, type TaskResult } from './task.ts';

/** What a task's worker gives back when it is done. */
export interface Inspected extends TaskResult {
  readonly counts: Counts;
  /** Matches outside the time asked for. */
  readonly outside: number;
}

/** Reads input files, in this thread. */
export class Inspector {
  private readonly setup;
  private readonly options: ReadOptions;
  private readonly lessons: LessonCache;
  private readonly indexes: Indexes;
  private refusals: RefusedRecord[] = [];

  /** `rules`: what was made of the texts. */
  constructor(rules: RuleSet, texts: RuleTexts, options: ReadOptions) {
    this.options = options;
    this.lessons = new LessonCache(texts);
    this.indexes = new Indexes(this.lessons.read());
    const tell = (file: string, { reason, offset, detail }: Refusal): void => {
      if (this.refusals.length < MAX_REFUSALS_TOLD) this.refusals.push({ file, reason, offset, detail });
    };
    this.setup = makeSetup(rules, options, tell, this.indexes);
  }

  async run(task: Task, output: TaskOutput): Promise<Inspected> {
    this.refusals = [];
    const counts = new Counts();
    let outside = 0;
    const result = await runTask(task, this.setup, counts, {
      ...output,
      matches: (events) => {
        const inside = events.filter((event) => this.inside(event));
        outside += events.length - inside.length;
        return output.matches(inside);
      },
    });
    return { ...result, refusals: this.refusals, counts, outside };
  }

  /** Keeps what was found out about the rules. */
  close(): void {
    if (!this.indexes.learned) return;
    try {
      this.lessons.write(this.indexes.lessons());
    } catch {
      // Too much to be written costs the next hunt some time. This one is done.
    }
  }

  private inside(event: MatchedEvent): boolean {
    const { from, to } = this.options;
    return !(from && compareInstants(event, from) < 0) && !(to && compareInstants(event, to) >= 0);
  }
}
