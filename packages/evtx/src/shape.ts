import type { Piece } from './piece.ts';

/** A part of a text: what the template says, or the number of the slot whose value stands there. */
export type Part = string | number;

/** An element or an attribute that gives a field its value. */
export interface Supply {
  readonly parts: readonly Part[];
  /** The slot that is its only part, else -1. Only such a one may hold an array: it gives a value for each item. */
  readonly slot: number;
  /** Its value where it is always the same. */
  readonly constant: string | undefined;
  /** The slot without whose value Windows leaves the element out, else -1: the field is null then. */
  readonly dependency: number;
  /** Whether it is the same with its own slot. */
  readonly isOptional: boolean;
  /** Whether an empty text gives no value at all, rather than an empty one. */
  readonly skipEmpty: boolean;
}

/** A field of the flat table. */
export interface ShapeField {
  readonly name: string;
  /** Several make a list. */
  readonly supplies: readonly Supply[];
  /** What gives a field of `System` its value that takes the name, where it has one. */
  readonly hiddenBy: Supply | undefined;
  /** `EventID`, which is a number where it can be. */
  readonly isEventId: boolean;
}

/** A field to write as JSON, and what is written in front of it. */
export interface JsonStep {
  /** Fields that never change, each with a comma in front, and the key of this one where it has a value in every record. */
  readonly before: Piece;
  /** Its key where it may have none. */
  readonly key: Piece;
  readonly field: ShapeField;
}

/** How a table is written as JSON. */
export interface JsonPlan {
  readonly steps: readonly JsonStep[];
  /** Fields that never change, behind all others. */
  readonly after: Piece;
  /** Bytes that the line takes at most, besides those for the bytes of its values. */
  readonly room: number;
}

/** What a slot must hold for a shape to hold; a bit each. */
export const SlotRule = {
  /** An array may stand there. */
  arrayAllowed: 1,
  /** NULL may not stand there. */
  mustBeSet: 2,
  /** The nested BinXML of this shape stands there. */
  nested: 4,
} as const;

/** Slots of the nested template are numbered from here. A record of at most 64 KiB cannot have more values. */
export const NESTED_SLOTS = 1 << 14;

/**
 * What the flat table of an event looks like when it was written with certain templates: which of its fields have their
 * values from which slots. It says the same as `eventFields` of the event's tree, without building the tree.
 */
export interface Shape {
  readonly fields: readonly ShapeField[];
  /** Made when it is asked for: who reads tables needs none. */
  readonly json: JsonPlan;
  /** All slots that the templates place anywhere; what each must hold; how often each is placed. */
  readonly slots: Int32Array;
  readonly rules: Uint8Array;
  readonly placements: Uint16Array;
  /** Slots in which an event's sections or data may come as BinXML of their own. */
  readonly openings: readonly number[];
  /** The slot in which the nested template stands; -1 for none. */
  readonly nestedSlot: number;
  /** The nodes of its templates, and the characters of their names and texts. */
  readonly nodes: number;
  readonly characters: number;
}
