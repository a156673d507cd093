import { ConditionError, parseCondition, type Condition } from '../condition.ts';
import { rejectBeyond, warn, type CompileContext } from '../context.ts';
import { isSameId } from '../identifier.ts';
import { readMetadata } from '../metadata.ts';
import { reject, type Path } from '../problem.ts';
import type { SigmaMetadata } from '../types.ts';
import { isList, isMap, quoted, type Yaml, type YamlMap } from '../yaml/yaml.ts';
import { readBounds } from './bounds.ts';
import type { CorrelationCondition, CorrelationType } from './types.ts';

/** A correlation whose references are still names and ids as written. */
export interface ParsedCorrelation {
  readonly metadata: SigmaMetadata;
  readonly type: CorrelationType;
  readonly references: readonly string[];
  readonly groupBy: readonly string[];
  readonly timespanMs: number;
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly condition: Exclude<CorrelationCondition, { kind: 'expression' }> | ParsedExpression;
  readonly generate: boolean;
}

/** An extended condition, over references as written. */
export interface ParsedExpression {
  readonly kind: 'expression';
  readonly text: string;
  readonly parsed: Condition;
}

const TYPES: ReadonlySet<string> = new Set<CorrelationType>([
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
]);
const TIMESPAN = /^(\d{1,9})([smhdwMy])$/;
/** Seconds of the units; month and year, which only pySigma knows, are means of the Gregorian calendar. */
const UNIT_SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  M: 2_629_746,
  y: 31_556_952,
};
const SECTION: Path = ['correlation'];

/** Reads a correlation rule; references are resolved later, when all files are read. */
export function parseCorrelation(document: YamlMap, file: string, context: CompileContext): ParsedCorrelation {
  const metadata = readMetadata(document, file, context);
  const section = document.get('correlation');
  if (!isMap(section))
    return reject(
      'correlation.missing',
      SECTION,
      'the correlation is not a map',
      'it has to name type, rules and timespan',
      'write these below "correlation"',
    );
  const type = readType(section.get('type'), context);
  const listed = readTexts(section, 'rules');
  const condition = readCondition(section.get('condition'), type, listed.length, context);
  const references = listed.length > 0 ? listed : namesIn(condition);
  if (references.length === 0)
    return reject(
      'correlation.rules',
      SECTION,
      'the correlation names no rules',
      'it has to say what it correlates',
      'list ids or names below "rules"',
    );
  rejectBeyond(
    'limit.correlation-rules',
    [...SECTION, 'rules'],
    'rules of the correlation',
    references.length,
    context.limits.correlationRules,
  );
  if (condition.kind === 'expression') requireSameRules(references, namesIn(condition));
  const groupBy = readTexts(section, 'group-by');
  if (groupBy.length === 0) {
    const why = 'the specification asks for it; without one all matches are one group';
    warn(context, {
      code: 'correlation.group-by',
      path: SECTION,
      what: 'there is no group-by',
      why,
      fix: 'name the fields that belong together',
    });
  }
  const timespanMs = readTimespan(section.get('timespan'));
  return {
    metadata,
    type,
    references,
    groupBy,
    timespanMs,
    aliases: readAliases(section.get('aliases')),
    condition,
    generate: readGenerate(document, section),
  };
}

function readType(yaml: Yaml | undefined, context: CompileContext): CorrelationType {
  const code = 'correlation.type';
  const path = [...SECTION, ...(yaml === undefined ? [] : ['type'])];
  const why = 'the specification lists them';
  const type = typeof yaml === 'string' ? yaml.toLowerCase() : '';
  if (yaml === undefined || !TYPES.has(type)) {
    const what = yaml === undefined ? 'there is no type' : `the type ${quoted(yaml)} is not known`;
    return reject(code, path, what, why, `write one of: ${[...TYPES].join(', ')}`);
  }
  if (type !== yaml)
    warn(context, { code, path, what: `the type ${quoted(yaml)} is not in lower case`, why, fix: `write "${type}"` });
  return type as CorrelationType;
}

/** A text or a list of texts, without repetitions. A field may be called by a number. */
function readTexts(section: YamlMap, key: 'rules' | 'group-by'): readonly string[] {
  const yaml = section.get(key) ?? undefined;
  if (yaml === undefined) return [];
  const list = (isList(yaml) ? yaml : [yaml]).map((element) => {
    if (typeof element === 'string' && element !== '') return element;
    if (key === 'group-by' && (typeof element === 'number' || typeof element === 'bigint')) return String(element);
    return reject(
      `correlation.${key}`,
      [...SECTION, key],
      `"${key}" is not a list of texts`,
      'it lists names',
      'write a list of texts',
    );
  });
  if (new Set(list).size === list.length) return list;
  return reject(
    `correlation.${key}`,
    [...SECTION, key],
    `"${key}" names something twice`,
    'each entry counts once',
    'leave the second one out',
  );
}

function readTimespan(yaml: Yaml | undefined): number {
  const match = typeof yaml === 'string' ? TIMESPAN.exec(yaml) : null;
  const seconds = match ? Number(match[1]) * UNIT_SECONDS[match[2]!]! : 0;
  if (seconds > 0) return seconds * 1_000;
  const what = yaml === undefined ? 'there is no timespan' : `the timespan ${quoted(yaml)} cannot be read`;
  return reject(
    'correlation.timespan',
    [...SECTION, ...(yaml === undefined ? [] : ['timespan'])],
    what,
    'a correlation looks at a stretch of time',
    'write a positive number and s, m, h or d, such as 10m',
  );
}

function readCondition(
  yaml: Yaml | undefined,
  type: CorrelationType,
  rules: number,
  context: CompileContext,
): ParsedCorrelation['condition'] {
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  const path = [...SECTION, 'condition'];
  if (yaml === undefined && isTemporal)
    return { kind: 'bounds', bounds: [{ relation: 'gte', value: rules }], fields: [] };
  if (isMap(yaml)) return readBounds(yaml, type, path, context);
  if (typeof yaml === 'string' && isTemporal) return readExpression(yaml, path, context);
  const fix = isTemporal
    ? 'write a map such as "gte: 2", or an expression over rules'
    : 'write a map such as "gte: 10"';
  const what = yaml === undefined ? 'there is no condition' : `the condition does not fit ${type}`;
  return reject(
    'correlation.condition',
    yaml === undefined ? SECTION : path,
    what,
    'it says when the correlation holds',
    fix,
  );
}

function readExpression(text: string, path: Path, context: CompileContext): ParsedExpression {
  try {
    return { kind: 'expression', text, parsed: parseCondition(text, context.limits.conditionDepth) };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    return reject(
      'correlation.condition',
      path,
      `the condition ${JSON.stringify(text.slice(0, 120))} cannot be read`,
      error.message,
      error.fix,
    );
  }
}

/** The references in an expression, in the order in which they first occur. */
function namesIn(condition: ParsedCorrelation['condition']): readonly string[] {
  const names = new Set<string>();
  const visit = (node: Condition): void => {
    if (node.kind === 'name') names.add(node.name);
    else if (node.kind === 'not') visit(node.child);
    else if (node.kind !== 'selector') node.children.forEach(visit);
    else
      reject(
        'correlation.condition',
        [...SECTION, 'condition'],
        `"of ${node.pattern}" stands in the condition`,
        'rules are named one by one',
        'name each rule',
      );
  };
  if (condition.kind === 'expression') visit(condition.parsed);
  return [...names];
}

function requireSameRules(listed: readonly string[], named: readonly string[]): void {
  const path = [...SECTION, 'condition'];
  const unused = listed.find((rule) => !named.some((name) => isSameId(name, rule)));
  if (unused !== undefined)
    reject(
      'correlation.condition',
      path,
      `the condition leaves out "${unused}"`,
      'it has to name every rule of the list',
      'name it, or take it off the list',
    );
  const unlisted = named.find((rule) => !listed.some((name) => isSameId(name, rule)));
  if (unlisted !== undefined)
    reject(
      'correlation.condition',
      path,
      `the condition names "${unlisted}", which is not listed`,
      'it speaks of the rules of the list',
      'list it below "rules", or correct the name',
    );
}

function readAliases(yaml: Yaml | undefined): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const path = [...SECTION, 'aliases'];
  const wrong = (): never =>
    reject(
      'correlation.aliases',
      path,
      'the aliases cannot be read',
      'an alias maps rules to fields',
      'write "alias: {rule: field}"',
    );
  if (yaml === undefined || yaml === null) return new Map();
  if (!isMap(yaml)) return wrong();
  return new Map(
    Array.from(yaml, ([alias, fields]) => {
      if (!isMap(fields)) return wrong();
      return [
        alias,
        new Map(Array.from(fields, ([rule, field]) => [rule, typeof field === 'string' ? field : wrong()])),
      ];
    }),
  );
}

/** `generate` stands beside `correlation` in the JSON schema and inside it in pySigma; both are read. */
function readGenerate(document: YamlMap, section: YamlMap): boolean {
  const values = [document, section]
    .map((map) => map.get('generate') ?? undefined)
    .filter((value) => value !== undefined);
  if (values.every((value) => typeof value === 'boolean') && new Set(values).size <= 1) return values[0] === true;
  return reject(
    'correlation.generate',
    document.has('generate') ? ['generate'] : [...SECTION, 'generate'],
    '"generate" cannot be read',
    'it is one choice',
    'write it once, as true or false',
  );
}
