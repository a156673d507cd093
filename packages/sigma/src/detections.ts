import { ConditionError, parseCondition, type Condition } from './condition.ts';
import { warn, type CompileContext } from './context.ts';
import { compileSelection } from './detection.ts';
import { join, type Expression } from './expression.ts';
import { compileGlob } from './glob.ts';
import { parsePattern } from './pattern.ts';
import { reject, type Path } from './problem.ts';
import { isList, type Yaml, type YamlMap } from './yaml/yaml.ts';

/**
 * Compiles selections and their condition to one expression. `notSelections` are the keys of the section that mean
 * something else. A list of conditions is an OR of them.
 */
export function compileDetections(
  section: YamlMap,
  notSelections: readonly string[],
  path: Path,
  context: CompileContext,
): Expression {
  const selections = new Map<string, Expression>();
  for (const [name, yaml] of section) {
    if (notSelections.includes(name)) continue;
    selections.set(name, compileSelection(name, yaml, [...path, name], context));
  }
  const used = new Set<string>();
  const conditions = readConditions(section.get('condition'), path, context);
  const expressions = conditions.map(({ condition, path: at }) => resolve(condition, selections, used, at));
  for (const name of selections.keys()) {
    if (used.has(name)) continue;
    const why = 'it takes no part in what the rule finds';
    const what = `the selection "${name}" is not used in the condition`;
    warn(context, { code: 'detection.unused', path: [...path, name], what, why, fix: 'use it, or remove it' });
  }
  return join('or', expressions);
}

/** The conditions of a section that compiled, as written. */
export function conditionTexts(section: YamlMap): readonly string[] {
  const yaml = section.get('condition');
  return (isList(yaml) ? yaml : [yaml]).map(String);
}

function readConditions(yaml: Yaml | undefined, path: Path, context: CompileContext) {
  const at = [...path, 'condition'];
  const list = isList(yaml) ? yaml : yaml === undefined ? [] : [yaml];
  if (list.length === 0) {
    return reject(
      'condition.missing',
      path,
      'there is no condition',
      'it says how the selections are joined',
      'add one, such as "condition: selection"',
    );
  }
  return list.map((text, index) => {
    const here = isList(yaml) ? [...at, index] : at;
    if (typeof text !== 'string')
      return reject(
        'condition.syntax',
        here,
        'the condition is not a text',
        'it has to be read as an expression',
        'put it into quotes',
      );
    return { condition: parse(text, here, context), path: here };
  });
}

function parse(text: string, path: Path, context: CompileContext): Condition {
  try {
    return parseCondition(text, context.limits.conditionDepth);
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    const what = `the condition ${JSON.stringify(text.slice(0, 120))} cannot be read`;
    return reject('condition.syntax', path, what, error.message, error.fix);
  }
}

function resolve(
  condition: Condition,
  selections: ReadonlyMap<string, Expression>,
  used: Set<string>,
  path: Path,
): Expression {
  switch (condition.kind) {
    case 'name':
      return lookUp(condition.name, selections, used, path);
    case 'selector':
      return resolveSelector(condition.quantifier, condition.pattern, selections, used, path);
    case 'not':
      return { kind: 'not', child: resolve(condition.child, selections, used, path) };
    default:
      return join(
        condition.kind,
        condition.children.map((child) => resolve(child, selections, used, path)),
      );
  }
}

function lookUp(name: string, selections: ReadonlyMap<string, Expression>, used: Set<string>, path: Path): Expression {
  const selection = selections.get(name);
  used.add(name);
  if (selection) return selection;
  const why = `there are: ${[...selections.keys()].slice(0, 10).join(', ') || 'none'}`;
  return reject(
    'condition.unknown-selection',
    path,
    `the condition names "${name}", which is not defined`,
    why,
    'define it, or correct the name',
  );
}

/** `them` and patterns leave out names that begin with an underscore, unless the pattern itself begins with one. */
function resolveSelector(
  quantifier: 'one' | 'all',
  pattern: string,
  selections: ReadonlyMap<string, Expression>,
  used: Set<string>,
  path: Path,
): Expression {
  const wanted = pattern === 'them' ? '*' : pattern;
  const fits = compileGlob(parsePattern(wanted));
  const names = [...selections.keys()].filter(
    (name) => fits(name) && (wanted.startsWith('_') || !name.startsWith('_')),
  );
  if (names.length === 0) {
    const why = `there are: ${[...selections.keys()].slice(0, 10).join(', ') || 'none'}`;
    return reject(
      'condition.unknown-selection',
      path,
      `no selection fits "${pattern}"`,
      why,
      'define one, or correct the pattern',
    );
  }
  return join(
    quantifier === 'all' ? 'and' : 'or',
    names.map((name) => lookUp(name, selections, used, path)),
  );
}
