import type { Atom, Expression } from '../expression.ts';

/** An expression over numbered comparisons, without constants inside. */
export type Node =
  | { readonly kind: 'atom'; readonly atom: number }
  | { readonly kind: 'not'; readonly child: Node }
  | { readonly kind: 'and' | 'or'; readonly children: readonly Node[] };

/** Numbers an expression's comparisons; those whose answer is known already vanish, and perhaps the whole expression with them. */
export function simplify(expression: Expression, resolve: (atom: Atom) => number | boolean): Node | boolean {
  switch (expression.kind) {
    case 'atom': {
      const known = resolve(expression);
      return typeof known === 'boolean' ? known : { kind: 'atom', atom: known };
    }
    case 'not': {
      const child = simplify(expression.child, resolve);
      if (typeof child === 'boolean') return !child;
      return child.kind === 'not' ? child.child : { kind: 'not', child };
    }
    default:
      return simplifyJoined(expression.kind, expression.children, resolve);
  }
}

function simplifyJoined(
  kind: 'and' | 'or',
  parts: readonly Expression[],
  resolve: (atom: Atom) => number | boolean,
): Node | boolean {
  const settling = kind === 'or';
  const children: Node[] = [];
  for (const part of parts) {
    const child = simplify(part, resolve);
    if (child === settling) return settling;
    if (typeof child === 'boolean') continue;
    if (child.kind === kind) for (const inner of child.children) children.push(inner);
    else children.push(child);
  }
  if (children.length === 0) return !settling;
  return children.length === 1 ? children[0]! : { kind, children };
}
