import { warn, type CompileContext } from '../context.ts';
import { parseDecimal } from '../decimal.ts';
import { reject, type Path } from '../problem.ts';
import { isList, quoted, type Yaml, type YamlMap } from '../yaml/yaml.ts';
import type { Bound, CorrelationCondition, CorrelationType, Relation } from './types.ts';

const RELATIONS: ReadonlySet<string> = new Set<Relation>(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']);
const MAX_PERCENTILE = 100;

/** Reads a condition that is a map: relations (several are a range), `field`, and `percentile`. */
export function readBounds(
  map: YamlMap,
  type: CorrelationType,
  path: Path,
  context: CompileContext,
): Extract<CorrelationCondition, { kind: 'bounds' }> {
  const bounds: Bound[] = [];
  for (const [key, value] of map) {
    if (RELATIONS.has(key)) bounds.push({ relation: key as Relation, value: readNumber(value, [...path, key]) });
    else if (key !== 'field' && key !== 'percentile')
      reject(
        'correlation.condition',
        [...path, key],
        `"${key}" is not known in a condition`,
        'it holds relations, field and percentile',
        `write one of: ${[...RELATIONS].join(', ')}`,
      );
  }
  if (bounds.length === 0)
    reject(
      'correlation.condition',
      path,
      'the condition compares nothing',
      'it needs a relation',
      `write one of: ${[...RELATIONS].join(', ')}`,
    );
  const fields = readFields(map.get('field'), type, [...path, 'field'], context);
  const percentile = readPercentile(map.get('percentile'), type, [...path, 'percentile']);
  return { kind: 'bounds', bounds, fields, ...(percentile === undefined ? {} : { percentile }) };
}

function readNumber(yaml: Yaml, path: Path): number {
  const number = numberOf(yaml);
  if (number !== undefined) return number;
  const what = `the bound ${quoted(yaml)} cannot be used`;
  return reject('correlation.condition', path, what, 'it is no finite decimal number', 'write a number such as 10');
}

/** A finite number, also one that a text writes in decimal; `undefined` for anything else. */
function numberOf(yaml: Yaml): number | undefined {
  const number =
    typeof yaml === 'string' ? parseDecimal(yaml.trim())?.value : typeof yaml === 'bigint' ? Number(yaml) : yaml;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function readFields(
  yaml: Yaml | undefined,
  type: CorrelationType,
  path: Path,
  context: CompileContext,
): readonly string[] {
  const isValue = type.startsWith('value_');
  const list = yaml === undefined || yaml === null ? [] : isList(yaml) ? yaml : [yaml];
  const fields = list.filter((field) => typeof field === 'string');
  if (isValue && fields.length === 0)
    return reject(
      'correlation.field',
      path.slice(0, -1),
      `${type} names no field`,
      'it looks at the values of one',
      'add "field" to the condition',
    );
  if (fields.length < list.length || (fields.length > 1 && type !== 'value_count'))
    return reject(
      'correlation.field',
      path,
      '"field" cannot be used',
      'only value_count takes several, and each is a text',
      'name one field',
    );
  if (!isValue && fields.length > 0) {
    warn(context, {
      code: 'correlation.field',
      path,
      what: '"field" has no meaning here',
      why: `${type} looks at no values`,
      fix: 'leave it out',
    });
  }
  return isValue ? fields : [];
}

function readPercentile(yaml: Yaml | undefined, type: CorrelationType, path: Path): number | undefined {
  if (yaml === undefined || yaml === null) return undefined;
  const number = numberOf(yaml);
  if (type === 'value_percentile' && number !== undefined && number >= 0 && number <= MAX_PERCENTILE) return number;
  return reject(
    'correlation.percentile',
    path,
    '"percentile" cannot be used',
    'value_percentile takes a number from 0 to 100',
    'correct it, or leave it out',
  );
}
