import { refused } from './refusal.ts';

/** A node of the engine's own reading of a query. */
export interface AstNode {
  readonly kind: string;
  /** What stands behind the kind: a function's, column's or table's name, a literal. */
  readonly detail: string;
  readonly children: AstNode[];
}

const LINE = /^( *)([A-Za-z]+(?:::[A-Za-z]+)?)(?: (.*))?$/;
const CHILDREN = / ?\(children \d+\)$/;
const ALIAS = / ?\(alias [^()]*\)$/;

/**
 * Reads the answer to EXPLAIN AST: a node a line, one more space a level. Names in it hold neither line breaks nor brackets (the scanner refuses
 * them), texts are escaped, so no line can pretend to be another.
 */
export function readAst(text: string): AstNode {
  const root: AstNode = { kind: '', detail: '', children: [] };
  const path = [root];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, indent, kind, rest = ''] = LINE.exec(line) ?? [];
    const parent = indent === undefined ? undefined : path[indent.length];
    if (kind === undefined || !parent)
      throw refused(`has a part that is not understood here: ${line.trim().slice(0, 80)}.`);
    const detail = rest.replace(CHILDREN, '').replace(ALIAS, '');
    const node: AstNode = { kind, detail, children: [] };
    parent.children.push(node);
    path.length = indent!.length + 1;
    path.push(node);
  }
  return root;
}

/** The expression lists that functions keep their arguments in are left out. */
export function argumentsOf(node: AstNode): readonly AstNode[] {
  return node.children.flatMap((child) => (child.kind === 'ExpressionList' ? child.children : [child]));
}
