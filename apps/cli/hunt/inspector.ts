import { compareInstants, Counts, type MatchedEvent } from '@yuheng/engine';
import type { RuleSet } from '@yuheng/sigma';
import { makeSetup, type ReadOptions } from './setup.ts';
import { MAX_REFUSALS_TOLD, runTask, type RefusedRecord, type Task, type TaskOutput, type TaskResult } from './task.ts';

/** What a task's worker gives back when it is done. */
export interface Inspected extends TaskResult {
  readonly counts: Counts;
}

/** Reads input files, in this thread. */
export class Inspector {
  private readonly setup;
  private readonly options: ReadOptions;
  private refusals: RefusedRecord[] = [];

  constructor(rules: RuleSet, options: ReadOptions) {
    this.options = options;
    this.setup = makeSetup(rules, options, (file, { reason, offset, detail }) => {
      if (this.refusals.length < MAX_REFUSALS_TOLD) this.refusals.push({ file, reason, offset, detail });
    });
  }

  async run(task: Task, output: TaskOutput): Promise<Inspected> {
    this.refusals = [];
    const counts = new Counts();
    const result = await runTask(task, this.setup, counts, {
      ...output,
      matches: (events) => output.matches(events.filter((event) => this.inside(event))),
    });
    return { ...result, refusals: this.refusals, counts };
  }

  private inside(event: MatchedEvent): boolean {
    const { from, to } = this.options;
    return !(from && compareInstants(event, from) < 0) && !(to && compareInstants(event, to) >= 0);
  }
}
