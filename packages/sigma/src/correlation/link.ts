import type { Finding, SigmaProblem } from '../problem.ts';
import type { Registry } from '../registry.ts';
import { attempt, type SourceDocument } from '../source-reader.ts';
import { orderCorrelations } from './order.ts';
import type { ParsedCorrelation } from './parse.ts';
import { resolveCorrelation } from './resolve.ts';
import type { CompiledCorrelation, SigmaCorrelation } from './types.ts';

/** A correlation with the document that it was read from. */
export interface LoadedCorrelation {
  readonly document: SourceDocument;
  readonly parsed: ParsedCorrelation;
}

/**
 * Resolves the references of correlations and puts those first that others refer to. A correlation is rejected when
 * one of its references leads nowhere, to something rejected, to a filter, or in a circle.
 */
export function linkCorrelations(
  loaded: readonly LoadedCorrelation[],
  ruleUids: Iterable<string>,
  registry: Registry,
  problems: SigmaProblem[],
): readonly CompiledCorrelation[] {
  const resolved: { readonly document: SourceDocument; readonly correlation: SigmaCorrelation }[] = [];
  for (const { document, parsed } of loaded) {
    const uidOf = (reference: string, path: readonly string[]) => registry.resolve(reference, path);
    const correlation = attempt(problems, document.problem, () => resolveCorrelation(parsed, uidOf));
    if (correlation) resolved.push({ document, correlation });
  }
  const { sorted, cyclic } = orderCorrelations(resolved);
  for (const { document } of cyclic) problems.push(document.problem(CIRCLE, 'error'));
  const usable = new Set(ruleUids);
  return sorted.filter(({ document, correlation }) => {
    const orphaned = correlation.rules.find((rule) => !usable.has(rule));
    if (orphaned === undefined) usable.add(correlation.uid);
    else problems.push(document.problem(orphan(orphaned), 'error'));
    return orphaned === undefined;
  });
}

const CIRCLE: Finding = {
  code: 'correlation.cycle',
  path: ['correlation', 'rules'],
  what: 'the correlation can never be judged',
  why: 'its references lead back to where they began',
  fix: 'break the circle',
};

function orphan(rule: string): Finding {
  return {
    code: 'correlation.unknown-rule',
    path: ['correlation', 'rules'],
    what: `"${rule}" cannot be correlated`,
    why: 'it was rejected itself',
    fix: 'see the problem of that document, or refer to another rule',
  };
}
