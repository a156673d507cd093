import type { EvtxInstruction } from './element.ts';

/** A value where it lies in the chunk. */
export interface PlacedValue {
  readonly type: number;
  readonly start: number;
  readonly size: number;
}

/** The values of one template instance. They are rendered only when a template asks for them. */
export interface TemplateValues {
  readonly hasArrays: boolean;
  at(index: number): PlacedValue | undefined;
}

/** An element of a template, still to be filled in. */
export interface ElementNode {
  readonly kind: 'element';
  /** Where its token stands in the chunk. */
  readonly offset: number;
  readonly name: string;
  /** Index of the value without which Windows leaves the element out; -1 for none. */
  readonly dependency: number;
  readonly attributes: readonly AttributeNode[];
  readonly content: readonly TemplateNode[];
  /** Indexes of the values placed directly in it: if one is an array, the element repeats for each of its items. */
  readonly placed: readonly number[];
}

export interface AttributeNode {
  readonly name: string;
  readonly value: readonly TemplateNode[];
}

/** The place of a value; an optional one leaves no trace where the value is NULL or empty. */
export interface SubstitutionNode {
  readonly kind: 'substitution';
  readonly offset: number;
  readonly index: number;
  readonly optional: boolean;
}

/** A template together with the values that fill it in. */
interface InstanceNode {
  readonly kind: 'instance';
  readonly offset: number;
  /** Where its definition stands in the chunk. */
  readonly definition: number;
  readonly values: TemplateValues;
}

/** A part of a BinXML stream; text is a plain string. */
export type TemplateNode =
  | string
  | ElementNode
  | SubstitutionNode
  | InstanceNode
  | { readonly kind: 'instruction'; readonly instruction: EvtxInstruction };

/** A BinXML stream in a form that is read once and filled in often. */
export type Template = readonly TemplateNode[];
