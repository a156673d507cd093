import type { Network } from './cidr.ts';
import type { Comparison, Decimal } from './decimal.ts';
import type { Part } from './pattern.ts';
import type { RegexFlags } from './regex/flags.ts';
import type { TimePart } from './time-part.ts';

/** A value of a detection item on its way through the modifiers. */
export type Value =
  | StringValue
  | RegexValue
  | NumberValue
  | FieldReference
  | ExpandedValue
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'exists'; readonly value: boolean }
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'comparison'; readonly comparison: Comparison; readonly limit: Decimal; readonly part?: TimePart };

/** A string with wildcards. */
export interface StringValue {
  readonly kind: 'string';
  readonly parts: readonly Part[];
  readonly cased: boolean;
  /** Set by `wide` and its kin; decides the bytes that `base64` sees, or the text that is matched. */
  readonly encoding?: Encoding;
}

/** The encodings of the `utf16` family of modifiers; `utf16` is little endian with a byte order mark. */
export type Encoding = 'utf16le' | 'utf16be' | 'utf16';

/** A regular expression, and the end of the text to which it is tied. */
export interface RegexValue {
  readonly kind: 'regex';
  readonly source: string;
  readonly flags: RegexFlags;
  readonly anchoredStart: boolean;
  readonly anchoredEnd: boolean;
}

/** A number, or a part of a time that has to equal it. */
export interface NumberValue {
  readonly kind: 'number';
  /** As the event's value would be written. */
  readonly text: string;
  readonly part?: TimePart;
}

/** Another field of the event. */
export interface FieldReference {
  readonly kind: 'fieldref';
  readonly field: string;
  readonly where: 'equals' | 'startswith' | 'endswith' | 'contains';
}

/** Values that a modifier made of one; always joined by OR, even under `all`. */
export interface ExpandedValue {
  readonly kind: 'anyOf';
  readonly values: readonly Value[];
}
