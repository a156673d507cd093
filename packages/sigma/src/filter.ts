import { warn, type CompileContext } from './context.ts';
import { compileDetections, conditionTexts } from './detections.ts';
import type { Expression } from './expression.ts';
import { isSameId } from './identifier.ts';
import { readLogSource, readMetadata } from './metadata.ts';
import { reject } from './problem.ts';
import type { LogSource, SigmaFilter, SigmaRule } from './types.ts';
import { isList, isMap, type Yaml, type YamlMap } from './yaml/yaml.ts';

/** A filter and its compiled condition. */
export interface ParsedFilter {
  readonly filter: SigmaFilter;
  readonly expression: Expression;
}

/**
 * Reads and compiles a global filter. Its condition is joined to a rule's by AND as it is written, as pySigma does:
 * a filter that shall silence what it selects says `not selection`.
 */
export function parseFilter(document: YamlMap, file: string, context: CompileContext): ParsedFilter {
  const metadata = readMetadata(document, file, context);
  const logsource = readLogSource(document);
  const section = document.get('filter');
  if (!isMap(section))
    return reject(
      'filter.missing',
      ['filter'],
      'the filter is not a map',
      'it has to name rules, selections and a condition',
      'write these three below "filter"',
    );
  const rules = readRules(section.get('rules'));
  const expression = mark(compileDetections(section, ['condition', 'rules'], ['filter'], context), metadata.uid);
  if (!holdsNot(expression)) {
    const why = 'the condition is joined to the rules by AND, so that only events that fulfil it are still found';
    const what = 'the filter keeps what it selects';
    warn(context, {
      code: 'filter.keeps',
      path: ['filter', 'condition'],
      what,
      why,
      fix: 'write "not …" if it shall silence these events',
    });
  }
  return { filter: { kind: 'filter', ...metadata, logsource, conditions: conditionTexts(section), rules }, expression };
}

/** Whether a filter applies to a rule: the rule's log source is at least as narrow, and the filter names the rule. */
export function appliesTo(filter: SigmaFilter, rule: SigmaRule): boolean {
  const keys: readonly (keyof LogSource)[] = ['category', 'product', 'service'];
  const covered = keys.every(
    (key) => filter.logsource[key] === undefined || filter.logsource[key] === rule.logsource[key],
  );
  if (!covered || filter.rules === 'any') return covered;
  return filter.rules.some((name) => isSameId(name, rule.id) || name === rule.name);
}

function readRules(yaml: Yaml | undefined): readonly string[] | 'any' {
  const list = isList(yaml) ? yaml : [yaml];
  if (isList(yaml) && yaml.length === 0) return 'any';
  if (!isList(yaml) && typeof yaml === 'string' && yaml.toLowerCase() === 'any') return 'any';
  return list.map((name) => {
    if (typeof name === 'string' && name !== '') return name;
    const fix = 'list ids or names of rules, or write any';
    return reject(
      'filter.rules',
      ['filter', ...(yaml === undefined ? [] : ['rules'])],
      'the filter names no rules',
      'it has to say what it tunes',
      fix,
    );
  });
}

/** Notes on every comparison that the filter brought it. */
function mark(expression: Expression, filter: string): Expression {
  switch (expression.kind) {
    case 'atom':
      return { ...expression, filter };
    case 'not':
      return { kind: 'not', child: mark(expression.child, filter) };
    default:
      return { kind: expression.kind, children: expression.children.map((child) => mark(child, filter)) };
  }
}

function holdsNot(expression: Expression): boolean {
  if (expression.kind === 'atom') return false;
  return expression.kind === 'not' || expression.children.some(holdsNot);
}
