import { COLUMNS, STORED } from '../tables.ts';
import { argumentsOf, type AstNode } from './ast.ts';
import { isAllowedFunction } from './functions.ts';
import { refused } from './refusal.ts';
import type { Token } from './tokens.ts';

/** Kinds of nodes that a search may be made of; all others are refused. */
const KINDS = new Set([
  ...['SelectWithUnionQuery', 'SelectIntersectExceptQuery', 'SelectQuery', 'Subquery', 'WithElement', 'ExpressionList'],
  ...[
    'TablesInSelectQuery',
    'TablesInSelectQueryElement',
    'TableExpression',
    'TableIdentifier',
    'TableJoin',
    'ArrayJoin',
  ],
  ...['Function', 'Identifier', 'Literal', 'Asterisk', 'QualifiedAsterisk'],
  ...[
    'ColumnsTransformerList',
    'ColumnsExceptTransformer',
    'ColumnsReplaceTransformer',
    'ColumnsReplaceTransformer::Replacement',
  ],
  ...['OrderByElement', 'InterpolateElement', 'WindowDefinition', 'WindowListElement'],
]);

/** What a person calls the kinds that are refused. */
const NAMES = new Map([
  ['Set', 'SETTINGS'],
  ['SampleRatio', 'SAMPLE'],
  ['QueryParameter', 'parameters in braces'],
  ['ColumnsApplyTransformer', 'APPLY'],
  ['ColumnsRegexpMatcher', 'COLUMNS(…)'],
]);

const TABLES = Object.keys(COLUMNS);
const RESERVED: ReadonlySet<string> = new Set([...TABLES, ...Object.values(STORED), 'migrations']);
/** Their right side may be a table. */
const MEMBERSHIP = /^(?:global)?(?:not)?(?:null)?in$/i;
/** They may be given a function by its bare name. */
const HIGHER_ORDER = /^(?:array|map)/i;

/** What a query is checked with. */
export interface CheckContext {
  /** Names that the query itself gives to subqueries (WITH … AS). */
  readonly ownTables: ReadonlySet<string>;
  /** All functions of the engine, in small letters. */
  readonly engineFunctions: ReadonlySet<string>;
}

/** Names in `name AS (`: those of WITH are among them. Throws `SearchError` where one takes the name of a table. */
export function ownTables(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  tokens.forEach(({ kind, text }, index) => {
    const [as, bracket] = [tokens[index + 1], tokens[index + 2]];
    const isNamed = (kind === 'word' || kind === 'quoted') && isWord(as, 'AS') && bracket?.text === '(';
    if (!isNamed) return;
    if (RESERVED.has(text)) throw refused(`calls something of its own "${text}". Give it another name.`);
    names.add(text);
  });
  return names;
}

/** Throws `SearchError` at the first node that a search may not have. */
export function checkAst(node: AstNode, context: CheckContext): void {
  if (!KINDS.has(node.kind)) throw refused(`may not have ${NAMES.get(node.kind) ?? node.kind}.`);
  if (node.kind === 'TableIdentifier') checkTable(node.detail, context);
  if (node.kind === 'TableExpression') checkTableExpression(node);
  if (node.kind === 'Function') checkFunction(node, context);
  for (const child of node.children) checkAst(child, context);
}

function checkTable(name: string, { ownTables: own }: CheckContext): void {
  if (TABLES.includes(name) || own.has(name)) return;
  throw refused(
    `reads "${name}". There are the tables ${TABLES.join(', ')}, and what the query names itself (WITH … AS).`,
  );
}

function checkTableExpression({ children }: AstNode): void {
  const other = children.find(({ kind }) => kind === 'Function');
  if (other) throw refused(`reads from the function ${other.detail}(). Read from ${TABLES.join(', ')}.`);
}

function checkFunction(node: AstNode, context: CheckContext): void {
  const name = node.detail;
  if (!isAllowedFunction(name)) throw refused(`calls ${name}(), which searches may not.`);
  const given = argumentsOf(node);
  if (MEMBERSHIP.test(name) && given[1]?.kind === 'Identifier') checkMembers(given[1].detail);
  if (name === 'exists' && given.some(({ kind }) => kind !== 'Subquery'))
    throw refused('asks EXISTS of what is no subquery.');
  if (HIGHER_ORDER.test(name)) for (const child of given) checkFunctionName(child, context);
}

/** A bare name right of IN may be a table: only one that the query can see. */
function checkMembers(name: string): void {
  const stored = RESERVED.has(name) && !TABLES.includes(name);
  if (stored || name.includes('.')) throw refused(`has "${name}" right of IN. Write a list or a subquery.`);
}

/** `arrayMap(file, …)` calls file(): the bare name of a function that may not be called is refused, even where a column has it too. */
function checkFunctionName({ kind, detail }: AstNode, { engineFunctions }: CheckContext): void {
  if (kind !== 'Identifier' || !engineFunctions.has(detail.toLowerCase()) || isAllowedFunction(detail)) return;
  throw refused(
    `gives ${detail} to a function that takes functions. Write it as x -> … or give the column another name first.`,
  );
}

/** A keyword, in any case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}
