import { load } from 'js-yaml';
import type { RuleSet } from '@yuheng/sigma';
import type { Capability } from './capability.ts';
import type { LogFile } from './ports/files.ts';
import { prove } from './proof.ts';

/** A small true story: input, and what must come of it. */
export interface Scenario {
  readonly title: { readonly en: string; readonly 'zh-CN': string };
  /** Files below the capability's `samples/`. */
  readonly samples: readonly string[];
  readonly expect: {
    /** Findings by rule id; other rules make none. */
    readonly findings: { readonly [rule: string]: number };
    readonly incidents: number;
    /** The worst incident names these entities (`host web01`, `user alice`). */
    readonly entities?: readonly string[];
    readonly unparsed?: number;
  };
}

/** What came of a scenario, in the shape of its `expect`. */
export interface ScenarioOutcome {
  readonly findings: { readonly [rule: string]: number };
  readonly incidents: number;
  readonly entities: readonly string[];
  readonly unparsed: number;
}

/** Reads the text of `scenarios/*.yml`. */
export function readScenario(text: string): Scenario {
  return load(text) as Scenario;
}

/** Runs a scenario's files through the whole pipeline. */
export async function runScenario(
  scenario: Scenario,
  files: readonly LogFile[],
  rules: RuleSet,
  capabilities: readonly Capability[],
): Promise<ScenarioOutcome> {
  const { findings, incidents, counts } = await prove(files, rules, capabilities);
  const byRule: { [rule: string]: number } = {};
  for (const { finding } of findings) {
    const { uid } = finding.finding_info.analytic;
    byRule[uid] = (byRule[uid] ?? 0) + 1;
  }
  const worst = [...incidents].sort((a, b) => b.unmapped.score - a.unmapped.score)[0];
  const named = new Set(worst?.unmapped.entities.map(({ kind, value }) => `${kind} ${value}`));
  return {
    findings: byRule,
    incidents: incidents.length,
    entities: (scenario.expect.entities ?? []).filter((entity) => named.has(entity)),
    unparsed: counts.unparsed,
  };
}
