/** An attribute as `[name, value]`; an attribute without text is not there at all. */
export type EvtxAttribute = readonly [name: string, value: string];

/** A processing instruction, `<?target data?>`. It carries no event data and stays only so that the XML is whole. */
export interface EvtxInstruction {
  readonly target: string;
  readonly data: string;
}

/** What stands inside an element. Adjacent text is one string. */
export type EvtxNode = EvtxElement | EvtxInstruction | string;

/**
 * An element of an event's tree.
 *
 * `children` tells three kinds of "nothing" apart: `null` – the value the element depends on was never set, so Windows
 * leaves the element out; `[]` – an element without content, `<X/>`; `['']` – an empty string, `<X></X>`.
 */
export interface EvtxElement {
  readonly name: string;
  readonly attributes: readonly EvtxAttribute[];
  readonly children: readonly EvtxNode[] | null;
}

/** Whether a node is an element: neither text nor a processing instruction. */
export function isElement(node: EvtxNode): node is EvtxElement {
  return typeof node === 'object' && 'name' in node;
}
