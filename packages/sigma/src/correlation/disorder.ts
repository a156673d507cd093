import type { Input } from './entry.ts';

/** In which order the rules of a window came, where that is not the order asked for. */
export interface Disorder {
  /** Uids of rules, step by step: what one event matched is one step, and a step that repeats the one before is left out. */
  readonly came: readonly (readonly string[])[];
  /** Steps before these, which are left out beyond {@link SHOWN_STEPS}. */
  readonly skipped: number;
  /** Uids of the same rules in the order asked for. */
  readonly asked: readonly string[];
}

/** Steps that an explanation shows, the last ones. */
export const SHOWN_STEPS = 10;

/** Says how the window's inputs of some rules came, unless each rule came at a later event than the one before it. */
export function disorderIn(window: readonly Input[], rules: readonly string[]): Disorder | undefined {
  const steps = stepsOf(window.filter(({ rule }) => rules.includes(rule)));
  const asked = rules.filter((rule) => steps.some((step) => step.includes(rule)));
  let taken = 0;
  for (const step of steps) if (taken < asked.length && step.includes(asked[taken]!)) taken++;
  if (taken === asked.length) return undefined;
  const told = steps.filter((step, index) => step.join('\n') !== steps[index - 1]?.join('\n'));
  return { came: told.slice(-SHOWN_STEPS), skipped: Math.max(0, told.length - SHOWN_STEPS), asked };
}

/** What each event matched, sorted. */
function stepsOf(inputs: readonly Input[]): readonly (readonly string[])[] {
  const byEvent = new Map<string, Set<string>>();
  for (const { rule, match } of inputs) {
    const rules = byEvent.get(match.uid);
    if (rules) rules.add(rule);
    else byEvent.set(match.uid, new Set([rule]));
  }
  return Array.from(byEvent.values(), (rules) => [...rules].sort());
}
