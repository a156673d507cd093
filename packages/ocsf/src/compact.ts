/** The generated table: equal enumerations and attributes stand once and are pointed to by their index. */
export interface CompactSchema {
  version: string;
  profiles: readonly string[];
  enums: readonly (readonly (readonly [value: number | string, caption: string])[])[];
  attributes: readonly CompactAttribute[];
  classes: readonly CompactClass[];
  objects: Readonly<Record<string, CompactItem>>;
}

/** An attribute; what is absent is false, empty or unlimited. */
export interface CompactAttribute {
  type: string;
  array?: true;
  required?: true;
  profiles?: readonly string[];
  /** Index into `enums`. */
  enum?: number;
  sibling?: string;
}

/** An object, or what a class has in common with one. */
export interface CompactItem {
  caption: string;
  atLeastOne?: readonly string[];
  justOne?: readonly string[];
  /** Indexes into `attributes` of the schema, by attribute name. */
  attributes: Readonly<Record<string, number>>;
}

/** An event class. */
export interface CompactClass extends CompactItem {
  uid: number;
  name: string;
  category: Category;
}

/** A category of event classes, e.g. 1 "System Activity". */
export interface Category {
  uid: number;
  caption: string;
}
