import type { CompiledRule } from '@yuheng/sigma';
import type { LogsourceMap } from './logsource.ts';
import type { Record } from './record.ts';
import { RecordView, type Aliases } from './view.ts';

/** Kinds of records whose plan is remembered. */
export const MAX_KINDS = 10_000;

/** A rule that matched, and how it reads that record. */
export interface Hit {
  readonly rule: CompiledRule;
  readonly aliases: Aliases | undefined;
}

/** Rules that read a kind of record in the same way. */
interface Plan {
  readonly aliases: Aliases | undefined;
  readonly rules: CompiledRule[];
}

/**
 * Which rules match a record. The rules that can match a kind of record are found once for each kind,
 * so a record meets only rules about its own logsource.
 */
export class Detector {
  private readonly rules: readonly CompiledRule[];
  private readonly logsources: LogsourceMap;
  private readonly plans = new Map<string, readonly Plan[]>();
  private readonly shared = new Map<string, readonly Plan[]>();

  constructor(rules: readonly CompiledRule[], logsources: LogsourceMap) {
    this.rules = rules;
    this.logsources = logsources;
  }

  /** The rules that match, in the order they were loaded. */
  detect(record: Record): readonly Hit[] {
    const plans = this.plansFor(record);
    let hits: Hit[] | undefined;
    for (const { aliases, rules } of plans) {
      const event = new RecordView(record, aliases);
      for (const rule of rules) if (rule.matches(event)) (hits ??= []).push({ rule, aliases });
    }
    return hits ?? NONE;
  }

  /** Kinds are remembered up to a bound, for a log can name any number of channels; plans are as many as logsources can tell apart. */
  private plansFor(record: Record): readonly Plan[] {
    let plans = this.plans.get(record.kind);
    if (plans) return plans;
    const signature = this.logsources.signature(record);
    plans = this.shared.get(signature);
    if (!plans) this.shared.set(signature, (plans = this.plan(record)));
    if (this.plans.size >= MAX_KINDS) this.plans.clear();
    this.plans.set(record.kind, plans);
    return plans;
  }

  private plan(record: Record): readonly Plan[] {
    const plans = new Map<string, Plan>();
    for (const rule of this.rules) {
      const answers = this.logsources.answer(rule.rule.logsource, record);
      if (!answers) continue;
      const aliases = Object.assign({}, ...answers.map((answer) => answer.aliases)) as Aliases;
      const key = JSON.stringify(aliases);
      let plan = plans.get(key);
      if (!plan) plans.set(key, (plan = { aliases: key === '{}' ? undefined : aliases, rules: [] }));
      plan.rules.push(rule);
    }
    return [...plans.values()];
  }
}

const NONE: readonly Hit[] = [];
